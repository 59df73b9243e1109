import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { type Bundled, type ContractSources, readContractSources } from './contract.ts';
import {
  arrayAt,
  isObject,
  type Json,
  type JsonObject,
  objectAt,
  printJson,
  textAt,
  textsAt,
} from './description.ts';
import { readEntries } from './register.ts';
import type { Problem, Source } from './sources.ts';

/** A generated file as data. `path` is relative to the openapi folder. */
export interface GeneratedFile {
  path: string;
  text: string;
}

export interface Generated {
  files: GeneratedFile[];
  problems: Problem[];
}

/** Returns all files generated from the openapi folder; writes nothing. */
export const generateFiles = async (folder: string): Promise<Generated> => {
  const { contract, problems } = await readContractSources(folder);
  return contract === undefined ? { files: [], problems } : deriveFiles(contract);
};

/**
 * The same for a contract that has been read; files that can't be generated are reported as
 * problems.
 */
export const deriveFiles = async ({
  sources,
  api,
  control,
}: ContractSources): Promise<Generated> => {
  const described = [
    await describe(api, { json: 'openapi.json', types: 'types.ts' }),
    await describe(control, { json: 'control.json', types: 'control.ts' }),
  ];
  return {
    files: [...described.flatMap(({ files }) => files), ...registerFiles(sources)],
    problems: described.flatMap(({ problems }) => problems),
  };
};

const describe = async (
  { root, bundle, problems }: Bundled,
  names: { json: string; types: string },
): Promise<Generated> => {
  if (bundle === undefined || problems.length > 0) return { files: [], problems };
  const note = `Generated from openapi/${root} by \`npm run generate\`. Do not edit.`;
  const description: JsonObject = { ...describeScopes(bundle), 'x-generated': note };
  try {
    const types = comment(note) + (await printTypes(description));
    return {
      files: [
        { path: `generated/${names.json}`, text: printJson(description) },
        { path: `generated/${names.types}`, text: types },
      ],
      problems: [],
    };
  } catch (error) {
    const what = `The types cannot be generated: ${String(error)}`;
    const next = 'run `npm run contract:check`, which shows the error in the description';
    return { files: [], problems: [{ file: root, where: '', what, next }] };
  }
};

const registerFiles = (sources: readonly Source[]): GeneratedFile[] => {
  const entries = readEntries(sources);
  const note = 'Generated from openapi/requirements by `npm run generate`. Do not edit.';
  const ids = [...new Set(entries.map(({ id }) => id))];
  const union = ids.length === 0 ? ' never' : ids.map((id) => `\n  | '${id}'`).join('');
  return [
    {
      path: 'generated/requirements.json',
      text: printJson(entries.map(({ value, area, since }) => ({ ...value, since, area }))),
    },
    {
      path: 'generated/requirement-ids.ts',
      text: `${comment(note)}/** An id of the register. */\nexport type RequirementId =${union};\n`,
    },
  ];
};

const comment = (note: string): string => `// ${note}\n\n`;

/** The TypeScript types of a bundle, as openapi-typescript writes them. */
const printTypes = async (bundle: JsonObject): Promise<string> =>
  // Redocly's lint checks that this is an OpenAPI document.
  astToString(await openapiTS(hoistRequired(bundle) as unknown as OpenAPI3, { silent: true }));

/**
 * Moves `required` from allOf branches that have nothing else up to their parent schema. The
 * meaning is the same, but openapi-typescript generates an empty type for such a branch.
 */
const hoistRequired = (node: Json): Json => {
  if (Array.isArray(node)) return node.map(hoistRequired);
  if (!isObject(node)) return node;
  const changed = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, hoistRequired(value)]),
  );
  const branches = arrayAt(changed, 'allOf');
  const bare = branches.filter(onlyRequires);
  if (bare.length === 0) return changed;
  const required = [changed, ...bare].flatMap((schema) => textsAt(schema, 'required'));
  return { ...changed, allOf: branches.filter((branch) => !bare.includes(branch)), required };
};

const onlyRequires = (schema: Json): boolean =>
  isObject(schema) &&
  'required' in schema &&
  Object.keys(schema).every((key) => ['required', 'type', 'description'].includes(key));

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Adds the scopes of each operation to its description: some viewers don't show the roles of a
 * bearer scheme. The sentence is generated from `security`.
 */
const describeScopes = (description: JsonObject): JsonObject => ({
  ...description,
  paths: mapValues(objectAt(description, 'paths'), (item) =>
    isObject(item)
      ? mapValues(item, (operation, key) =>
          methods.includes(key) && isObject(operation) ? withSentence(operation) : operation,
        )
      : item,
  ),
});

const withSentence = (operation: JsonObject): JsonObject => {
  const scopes = requiredScopes(operation);
  if (scopes.length === 0) return operation;
  const noun = scopes.length === 1 ? 'scope' : 'scopes';
  const sentence = `Required ${noun}: ${scopes.map((scope) => `\`${scope}\``).join(' and ')}.`;
  const text = textAt(operation, 'description')?.trimEnd();
  return { ...operation, description: text === undefined ? sentence : `${text}\n\n${sentence}` };
};

const requiredScopes = (operation: JsonObject): string[] =>
  arrayAt(operation, 'security').flatMap((requirement) =>
    Object.keys(isObject(requirement) ? requirement : {}).flatMap((scheme) =>
      arrayAt(requirement, scheme).filter((role) => typeof role === 'string'),
    ),
  );

const mapValues = (
  object: JsonObject,
  change: (value: JsonObject[string], key: string) => JsonObject[string],
): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

import type { Bundled } from './bundle.ts';
import { readContract, type Contract } from './contract.ts';
import { printJson, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';
import { readEntries } from './register.ts';
import { describeScopes } from './scopes-sentence.ts';
import type { Source } from './sources.ts';
import { printTypes } from './types.ts';

/** A generated file as data. `path` is relative to the openapi folder. */
export interface GeneratedFile {
  path: string;
  text: string;
}

export interface Generated {
  files: GeneratedFile[];
  problems: Problem[];
}

/** Everything that is derived from the openapi folder; nothing is written. */
export const generateFiles = async (folder: string): Promise<Generated> => {
  const { contract, problems } = await readContract(folder);
  return contract === undefined ? { files: [], problems } : deriveFiles(contract);
};

/** The same for a contract that has been read; a part that is broken is left out and named. */
export const deriveFiles = async ({ sources, api, control }: Contract): Promise<Generated> => {
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
    const what = `No types can be derived: ${String(error)}`;
    const next = 'run `npm run contract:check`, which says where the description is wrong';
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
      text: printJson(entries.map(({ value, area }) => ({ ...value, area }))),
    },
    {
      path: 'generated/requirement-ids.ts',
      text: `${comment(note)}/** An id of the register. */\nexport type RequirementId =${union};\n`,
    },
  ];
};

const comment = (note: string): string => `// ${note}\n\n`;

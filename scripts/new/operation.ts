import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DescribedOperation,
  type JsonObject,
  objectAt,
  operationsOf,
  textsAt,
} from '../contract/description.ts';
import { addReference, readBundle } from './contract-text.ts';
import { type Draft, Misuse, openDraft, placeholder, type Scaffold } from './draft.ts';
import {
  type Method,
  operationText,
  type PathParameter,
  pathParametersText,
} from './operation-text.ts';
import { addImport, requireForm } from './source-text.ts';

export interface OperationOptions {
  readonly method: Method;
  /** The path template, such as `/dossiers/{id}/notes`. */
  readonly path: string;
  /** The folder of the server that has its handler. */
  readonly resource: string;
  /** The scopes that a key needs; by default the resource's own for reading or writing. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * An operation: its description, its place among the paths, the link that leads to it where other
 * operations name the same things, and a handler that throws until it is written.
 *
 * @throws Misuse for a name or a path that exists or has another form
 */
export const scaffoldOperation = async (
  root: string,
  id: string,
  { method, path, resource, scopes }: OperationOptions,
): Promise<Scaffold> => {
  requireForm(id, /^[a-z]+([A-Z][a-z]*)+$/, 'an operationId', 'listDossierNotes');
  requireForm(path, /^(\/([a-z_]+|\{[a-z_]+\}))+$/, 'a path', '/dossiers/{id}/notes');
  const bundle = readBundle(root);
  const operations = operationsOf(bundle);
  requireNew(operations, id, method, path);
  const draft = openDraft(root);
  const handlers = requireResource(root, resource);
  const tag = tagOf(draft.read(handlers), operations);
  const parameters = findParameters(draft, path, operations);
  const file = pathFile(path);
  const isNew = !draft.exists(file);
  const relative = isNew ? findRelative(draft, path, parameters, operations) : undefined;
  const text = operationText({
    ...{ id, method, tag, scopes: scopesFor(bundle, resource, method, scopes) },
    isList: method === 'get' && !path.endsWith('}'),
    notFound: notFoundIn(draft, isNew ? relative?.path : path),
  });
  if (isNew) {
    draft.write(file, pathParametersText(parameters) + text);
    draft.change('openapi/openapi.yaml', (index) =>
      addReference(index, 'paths', path, file.replace('openapi/', ''), neighbour(path, operations)),
    );
  } else draft.change(file, (old) => `${old.trimEnd()}\n\n${text}`);
  const linked = parameters.length === 0 || addLink(draft, root, id, path, operations);
  addHandler(draft, handlers, id);
  return {
    ...{ files: await draft.finish(), generates: 'contract' },
    next: nextSteps(id, { file, handlers, linked }),
  };
};

const requireNew = (
  operations: readonly DescribedOperation[],
  id: string,
  method: string,
  path: string,
): void => {
  if (operations.some(({ name }) => name === id)) throw new Misuse(`${id} exists in the contract`);
  const same = operations.find((one) => one.path === path && one.method === method);
  if (same) throw new Misuse(`${method} ${path} exists; it is ${same.name}`);
};

/** The file of a resource's handlers. */
const requireResource = (root: string, resource: string): string => {
  const server = join(root, 'reference-server');
  const resources = readdirSync(server).filter(
    (name) => name !== 'control' && existsSync(join(server, name, 'handlers.ts')),
  );
  if (resources.includes(resource)) return `reference-server/${resource}/handlers.ts`;
  throw new Misuse(`"${resource}" is no resource; the resources are ${resources.join(', ')}`);
};

/** The tag that the first of the resource's operations has. */
const tagOf = (handlers: string, operations: readonly DescribedOperation[]): string => {
  const [, id] = /: Handler<'(\w+)'>/.exec(handlers) ?? [];
  const [tag] = textsAt(operations.find(({ name }) => name === id)?.value, 'tags');
  return tag ?? 'Dossiers';
};

const scopesFor = (
  bundle: JsonObject,
  resource: string,
  method: Method,
  chosen: readonly string[] | undefined,
): readonly string[] => {
  const { ApiKey } = objectAt(objectAt(bundle, 'components'), 'securitySchemes');
  const known = Object.keys(objectAt(ApiKey, 'x-scopes'));
  const scopes = chosen ?? [`${resource}:${method === 'get' ? 'read' : 'write'}`];
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown === undefined) return scopes;
  throw new Misuse(`"${unknown}" is no scope; choose --scopes of ${known.join(', ')}`);
};

const pathFile = (path: string): string =>
  `openapi/paths/${path.slice(1).replaceAll('/', '_')}.yaml`;

const namesIn = (path: string): string[] => path.match(/\{[^}]+\}/g) ?? [];

/** The parameters of a path; what follows the same words in another path is the same thing. */
const findParameters = (
  draft: Draft,
  path: string,
  operations: readonly DescribedOperation[],
): PathParameter[] =>
  namesIn(path).map((name, index) => {
    const beginning = path.slice(0, path.indexOf(name) + name.length);
    const other = operations.find((one) => `${one.path}/`.startsWith(`${beginning}/`));
    const references = other ? referencesIn(draft.read(pathFile(other.path))) : [];
    return { name: name.slice(1, -1), reference: references[index] };
  });

/** The parameters at the head of a path's file. */
const referencesIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}- \$ref: (\S+)$/gm)].map(([, reference = '']) => reference);

/** An operation whose path names the same things. */
const findRelative = (
  draft: Draft,
  path: string,
  parameters: readonly PathParameter[],
  operations: readonly DescribedOperation[],
): DescribedOperation | undefined =>
  operations.find((one) => {
    if (one.path === path || parameters.length === 0) return false;
    const others = findParameters(draft, one.path, operations);
    return JSON.stringify(others) === JSON.stringify(parameters);
  });

/** How other operations of a path refuse what isn't there. */
const notFoundIn = (draft: Draft, path: string | undefined): string | undefined =>
  path === undefined ? undefined : /'404':\n +\$ref: (\S+)/.exec(draft.read(pathFile(path)))?.[1];

/** The last path of those that begin with the same word. */
const neighbour = (path: string, operations: readonly DescribedOperation[]): string | undefined =>
  operations.filter((one) => one.path.split('/')[1] === path.split('/')[1]).at(-1)?.path;

/** A link to the operation wherever one leads to an operation that names the same things. */
const addLink = (
  draft: Draft,
  root: string,
  id: string,
  path: string,
  operations: readonly DescribedOperation[],
): boolean => {
  const parameters = JSON.stringify(findParameters(draft, path, operations));
  const linkFile = (name: string) => `openapi/components/links/${name}.yaml`;
  const model = operations.find(
    (one) =>
      draft.exists(linkFile(one.name)) &&
      JSON.stringify(findParameters(draft, one.path, operations)) === parameters,
  );
  if (!model) return false;
  const entry = (name: string) =>
    `        ${name}:\n          $ref: ../components/links/${name}.yaml\n`;
  const holder = readdirSync(join(root, 'openapi', 'paths'))
    .map((name) => `openapi/paths/${name}`)
    .find((file) => draft.read(file).includes(entry(model.name)));
  if (holder === undefined) return false;
  const link = draft.read(linkFile(model.name));
  draft.write(
    linkFile(id),
    link
      .replace(`operationId: ${model.name}`, `operationId: ${id}`)
      .replace(
        /^description: .*$/m,
        `description: '${placeholder} what it does with what was found.'`,
      ),
  );
  draft.change(holder, (text) => text.replace(entry(model.name), entry(model.name) + entry(id)));
  return true;
};

const addHandler = (draft: Draft, file: string, id: string): void => {
  draft.change(
    file,
    (text) => `${addImport(text, '../http/handler.ts', ['type Handler'])}
/** ${placeholder} what it does, with the ids of its requirements, and what it refuses. */
export const ${id}: Handler<'${id}'> = () => {
  throw new Error('${id} is not written yet.');
};
`,
  );
};

const nextSteps = (
  id: string,
  { file, handlers, linked }: { file: string; handlers: string; linked: boolean },
): string[] => [
  `${file}: describe the request, the answers and their examples, then run \`npm run generate\`.`,
  ...(linked
    ? []
    : [
        `openapi/components/links/${id}.yaml: the link by which the suite finds what the path names, listed in the answer that it comes from.`,
      ]),
  `${handlers}: write the handler; \`npm run types\` says what it must give.`,
  `openapi/requirements/: an entry for each fact; \`npm run contract:check\` names what no entry covers.`,
  `npm run new -- rule AREA/NAME --verifies LG-…    # a rule for each entry`,
  `npm run conformance -- --only plans/growth-plan    # must pass: every operation succeeds once`,
];

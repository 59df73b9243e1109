import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { messageOf, suggest, usageError } from '../errors.ts';
import type { TargetDescription } from './description.ts';

/**
 * Reads a configuration file: JSON, or an ES module that exports a description by default.
 *
 * @throws Breakdown when it can't be read, or is not a valid description
 */
export const readDescription = async (file: string): Promise<TargetDescription<unknown>> => {
  const content = file.endsWith('.json') ? readJson(file) : await readModule(file);
  const flaws = findFlaws(content);
  if (flaws.length === 0) return content as TargetDescription<unknown>;
  const [only, ...more] = flaws;
  if (more.length === 0) throw usageError(`${file}: ${only ?? ''}`);
  const lines = flaws.map((flaw) => `  ${flaw}`);
  throw usageError([`${file} can't be used:`, ...lines, explained].join('\n'));
};

const explained =
  'Correct it; `npx leadgrid-conformance init` writes one with every setting explained.';

const readJson = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw usageError(`${file} is not JSON: ${messageOf(thrown)}. Correct it.`);
  }
};

const readModule = async (file: string): Promise<unknown> => {
  // First, since the error of import() for a missing file is hard to read.
  readText(file);
  let exported: object;
  try {
    exported = (await import(pathToFileURL(resolve(file)).href)) as object;
  } catch (thrown) {
    const line = lineOf(thrown, file);
    const message = messageOf(thrown);
    // A package without a type treats it as CommonJS, unless the extension says otherwise.
    const next = message.includes('ES Module') ? 'Rename it to .mts or .mjs' : 'Correct it';
    throw usageError(`${file} can't be loaded${line}: ${firstLine(message)}. ${next}.`);
  }
  if ('default' in exported) return exported.default;
  throw usageError(`${file} has no default export. Write \`export default { target: … }\`.`);
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw usageError(
      missing
        ? `${file} doesn't exist. Check --config, or write one with \`npx leadgrid-conformance init\`.`
        : `${file} can't be read: ${messageOf(thrown)}. Check --config.`,
    );
  }
};

/** The line of an error in a module, if the error shows it. */
const lineOf = (thrown: unknown, file: string): string => {
  const { stack = '' } = thrown as { stack?: string };
  const [, line] = new RegExp(`${basename(file).replaceAll('.', '\\.')}:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? '' : ` (line ${line})`;
};

/** The message without the source lines and headings that loaders add to a syntax error. */
const firstLine = (text: string): string => {
  const [, error] = /ERROR: (.*)/.exec(text) ?? [];
  return (error ?? text.trim().split('\n')[0] ?? '').replace(/[.:]$/, '');
};

/** Describes the mistakes in the content of a configuration file, one sentence each. */
export const findFlaws = (content: unknown): string[] => {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
  const validate = ajv.compile(readSchema());
  if (!validate(content)) return [...new Set((validate.errors ?? []).map(describeFlaw))];
  return findNonFunctions(content);
};

const readSchema = (): object =>
  JSON.parse(readFileSync(new URL('description.schema.json', import.meta.url), 'utf8')) as object;

/** The parts of a schema that messages use; its description completes "must be …". */
interface SchemaFlaw {
  readonly description?: string;
  readonly properties?: object;
  readonly pattern?: string;
}

const describeFlaw = (error: ErrorObject): string => {
  const place = describePlace(error.instancePath);
  const { keyword, params, data } = error;
  const schema = error.parentSchema as SchemaFlaw;
  if (keyword === 'additionalProperties') {
    const { additionalProperty: name } = params as { additionalProperty: string };
    const known = Object.keys(schema.properties ?? {});
    const next = suggest(name, known) || ` The known ones are ${known.join(', ')}.`;
    return `${within(place, name)} is unknown.${next}`;
  }
  if (keyword === 'required') {
    const { missingProperty: name } = params as { missingProperty: string };
    return `${within(place, name)} is missing: ${place} must be ${schema.description ?? ''}.`;
  }
  const what = place || 'The default export';
  // The value may be a secret in place of its variable, so it isn't shown.
  if (schema.pattern?.startsWith('^LEADGRID_') && typeof data === 'string') {
    return `${what} must be ${schema.description ?? ''}. Keep the value itself out of the file.`;
  }
  return `${what} must be ${schema.description ?? ''}, but is ${describeValue(data)}.`;
};

/** `/keys/byScopes/0/key` as `keys.byScopes[0].key`. */
const describePlace = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (place, token) => (/^\d+$/.test(token) ? `${place}[${token}]` : within(place, token)),
      '',
    );

const within = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

const describeValue = (value: unknown): string => {
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** A schema can't describe functions. */
const findNonFunctions = (content: unknown): string[] => {
  const { provision = {} } = content as { provision?: Record<string, unknown> };
  return Object.entries(provision)
    .filter(([name, value]) => name !== 'timeout' && typeof value !== 'function')
    .map(
      ([name, value]) =>
        `provision.${name} must be a function, but is ${describeValue(value)}. ` +
        'Functions need an ES module, such as a .mjs file.',
    );
};

import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { suggest } from '../suggestion.ts';

/** Says what is wrong with the content of a configuration file, a sentence for each mistake. */
export const findFlaws = (content: unknown): string[] => {
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile(readSchema());
  if (!validate(content)) return [...new Set((validate.errors ?? []).map(tell))];
  return findOddFunctions(content);
};

const readSchema = (): object =>
  JSON.parse(readFileSync(new URL('description.schema.json', import.meta.url), 'utf8')) as object;

/** What of a schema is told to people: its description completes "must be …". */
interface Stated {
  readonly description?: string;
  readonly properties?: object;
  readonly pattern?: string;
}

const tell = (error: ErrorObject): string => {
  const place = tellPlace(error.instancePath);
  const { keyword, params, data } = error;
  const schema = error.parentSchema as Stated;
  if (keyword === 'additionalProperties') {
    const { additionalProperty: name } = params as { additionalProperty: string };
    const known = Object.keys(schema.properties ?? {});
    const next = suggest(name, known) || ` Known are ${known.join(', ')}.`;
    return `${within(place, name)} is unknown.${next}`;
  }
  if (keyword === 'required') {
    const { missingProperty: name } = params as { missingProperty: string };
    return `${within(place, name)} is missing: ${place} must be ${schema.description ?? ''}.`;
  }
  const what = place || 'The default export';
  // Where the name of a variable should stand, a secret may: it isn't told again.
  if (schema.pattern?.startsWith('^LEADGRID_') && typeof data === 'string') {
    return `${what} must be ${schema.description ?? ''}. Keep the value itself out of the file.`;
  }
  return `${what} must be ${schema.description ?? ''}, but is ${tellValue(data)}.`;
};

/** `/keys/byScopes/0/key` as `keys.byScopes[0].key`. */
const tellPlace = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (place, token) => (/^\d+$/.test(token) ? `${place}[${token}]` : within(place, token)),
      '',
    );

const within = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

const tellValue = (value: unknown): string => {
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** No schema can tell functions from other values. */
const findOddFunctions = (content: unknown): string[] => {
  const { provision = {} } = content as { provision?: Record<string, unknown> };
  return Object.entries(provision)
    .filter(([, value]) => typeof value !== 'function')
    .map(
      ([name, value]) =>
        `provision.${name} must be a function, but is ${tellValue(value)}. ` +
        'Functions take an ES module, such as a file that ends in .mjs.',
    );
};

import { schemaAt, type Media } from '../../openapi/contract.ts';
import { createReadFileBody } from './file-body.ts';
import { createReadForm } from './form.ts';
import { readUncut } from './incoming.ts';
import type { BodyContract, Input } from './input.ts';
import { createReadJson } from './json-body.ts';
import type { Exchange } from './middleware.ts';
import { invalid } from './refusal.ts';
import { propertiesOf } from './schema-node.ts';
import type { Validate } from './validate.ts';

/** Reads the body of a request that may have one of these media types, by its Content-Type. */
export type ReadBody = (
  media: Readonly<Record<string, Media>>,
  exchange: Exchange,
) => Promise<Input>;

type Reader = (
  media: Media,
  exchange: Exchange,
  all: Readonly<Record<string, Media>>,
) => Promise<Input>;

const noFiles: ReadonlyMap<string, Buffer> = new Map();

/** @throws (the reader) Refusal invalid_body for what can't be read, and for what isn't valid */
export const createReadBody = (contract: BodyContract, validate: Validate): ReadBody => {
  const readers: Readonly<Record<string, Reader>> = {
    'application/json': createReadObject(contract, validate),
    'multipart/form-data': createReadForm(contract, validate),
    'application/pdf': createReadFileBody(contract),
  };
  return async (media, exchange) => {
    const types = Object.keys(media);
    if (types.length === 0) return { body: undefined, files: noFiles };
    const type = mediaTypeOf(exchange);
    const found = media[type];
    const read = readers[type];
    if (!found || !read) throw invalid(`The Content-Type must be ${types.join(' or ')}.`);
    return readUncut(exchange, () => read(found, exchange, media));
  };
};

/** Reads a JSON object and leaves out the fields that its schema doesn't name (LG-GEN-033). */
const createReadObject = (contract: BodyContract, validate: Validate): Reader => {
  const readJson = createReadJson(contract.jsonBodyLimit);
  const fields = new Map<string, readonly string[]>();
  return async ({ schema }, exchange) => {
    const whole = await readJson(exchange);
    validate(schema, whole, 'The body');
    const known = fields.get(schema) ?? [
      ...propertiesOf(contract, schemaAt(contract, schema)).keys(),
    ];
    fields.set(schema, known);
    return { body: pick(whole as Readonly<Record<string, unknown>>, known), files: noFiles };
  };
};

const pick = (
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]),
  );

/** The media type without its parameters (LG-GEN-029 to LG-GEN-031). */
const mediaTypeOf = ({ request }: Exchange): string =>
  (request.headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase();

import { type Media, schemaAt } from '../../openapi/contract.ts';
import { createReadBytes, type Exchange, readUnlessInterrupted } from './body-bytes.ts';
import {
  type BodyContract,
  describeForm,
  fileRuleOf,
  type ParsedBody,
  requireFile,
} from './expected-body.ts';
import { createReadForm } from './form-parts.ts';
import { invalid } from './refusals.ts';
import { propertiesOf, type SchemaSource, type Validate } from './schema-validation.ts';

/** Reads the body of a request that may have one of these media types, by its Content-Type. */
export type ReadBody = (
  media: Readonly<Record<string, Media>>,
  exchange: Exchange,
) => Promise<ParsedBody>;

type Reader = (
  media: Media,
  exchange: Exchange,
  allMedia: Readonly<Record<string, Media>>,
) => Promise<ParsedBody>;

const noFiles: ReadonlyMap<string, Buffer> = new Map();

/** @throws (the reader) Refusal invalid_body for a body that can't be read or isn't valid */
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
    const chosen = media[type];
    const read = readers[type];
    if (!chosen || !read) throw invalid(`The Content-Type must be ${types.join(' or ')}.`);
    return readUnlessInterrupted(exchange, () => read(chosen, exchange, media));
  };
};

/** Reads a JSON object without the fields that its schema doesn't have (LG-GEN-033). */
const createReadObject = (contract: BodyContract, validate: Validate): Reader => {
  const readJson = createReadJson(contract.jsonBodyLimit);
  const fields = new Map<string, readonly string[]>();
  return async ({ schema }, exchange) => {
    const object = await readJson(exchange);
    validate(schema, object, 'The body');
    const known = fields.get(schema) ?? [
      ...propertiesOf(contract, schemaAt(contract, schema)).keys(),
    ];
    fields.set(schema, known);
    return { body: pick(object as Readonly<Record<string, unknown>>, known), files: noFiles };
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

/**
 * Reads a JSON body; the schema checks whether it is an object.
 *
 * Express's JSON middleware isn't used: it accepts an empty body as `{}` (LG-GEN-038).
 *
 * @param limit - the largest body, in bytes (LG-GEN-043)
 * @throws (the reader) Refusal invalid_body if there is none, it is too large, or isn't JSON
 */
const createReadJson = (limit: number) => {
  const readBytes = createReadBytes(limit);
  return async (exchange: Exchange): Promise<unknown> => {
    const bytes = await readBytes(exchange);
    if (bytes.length === 0) throw invalid('A body is required.');
    return parse(bytes);
  };
};

const parse = (bytes: Buffer): unknown => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`The body is not valid JSON: ${(error as Error).message}.`);
  }
};

/**
 * Reads a body that is a file (LG-CV-011, LG-CV-018 to LG-CV-023). It gets the name that the file
 * has in the operation's form, so that handlers needn't distinguish the two.
 *
 * @throws (the reader) Refusal invalid_body
 */
export const createReadFileBody =
  (contract: SchemaSource) =>
  async (
    { schema }: Media,
    exchange: Exchange,
    allMedia: Readonly<Record<string, Media>>,
  ): Promise<ParsedBody> => {
    const rule = fileRuleOf(schemaAt(contract, schema));
    const form = allMedia['multipart/form-data'];
    const [name] = form ? describeForm(contract, form.schema).files.keys() : [];
    if (!rule || name === undefined) throw new Error(`${schema} is no file of a form.`);
    const bytes = await createReadBytes(rule.maxBytes)(exchange);
    requireFile(name, bytes, rule);
    return { body: undefined, files: new Map([[name, bytes]]) };
  };

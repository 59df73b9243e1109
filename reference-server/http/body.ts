import type { Contract, Media } from '../../openapi/contract.ts';
import { createReadForm } from './form.ts';
import type { Input } from './input.ts';
import { createReadJson } from './json-body.ts';
import type { Exchange } from './middleware.ts';
import { invalid } from './refusal.ts';
import type { Validate } from './validate.ts';

/** Reads the body of a request that may have one of these media types, by its Content-Type. */
export type ReadBody = (
  media: Readonly<Record<string, Media>>,
  exchange: Exchange,
) => Promise<Input>;

type Reader = (media: Media, exchange: Exchange) => Promise<Input>;

const noFiles: ReadonlyMap<string, Buffer> = new Map();

/** @throws (the reader) Refusal invalid_body for what can't be read, and for what isn't valid */
export const createReadBody = (contract: Contract, validate: Validate): ReadBody => {
  const readJson = createReadJson(contract.jsonBodyLimit);
  const readers: Readonly<Record<string, Reader>> = {
    'application/json': async (media, exchange) => {
      const body = await readJson(exchange);
      validate(media.schema, body, 'The body');
      return { body, files: noFiles };
    },
    'multipart/form-data': createReadForm(contract, validate),
  };
  return async (media, exchange) => {
    const types = Object.keys(media);
    if (types.length === 0) return { body: undefined, files: noFiles };
    const type = mediaTypeOf(exchange);
    const found = media[type];
    const read = readers[type];
    if (!found || !read) throw invalid(`The Content-Type must be ${types.join(' or ')}.`);
    return read(found, exchange);
  };
};

/** The media type without its parameters (LG-GEN-029 to LG-GEN-031). */
const mediaTypeOf = ({ request }: Exchange): string =>
  (request.headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase();

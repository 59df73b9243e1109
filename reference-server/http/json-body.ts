import { createReadBytes } from './bytes.ts';
import type { Exchange } from './middleware.ts';
import { invalid } from './refusal.ts';

/**
 * Reads a JSON body; whether it is an object is for the schema to say.
 *
 * Express's own JSON reader isn't used: it takes an empty body for `{}` (LG-GEN-038).
 *
 * @param limit - the largest body that is read, in bytes (LG-GEN-043)
 * @throws (the reader) Refusal invalid_body if there is none, it is too large, or isn't JSON
 */
export const createReadJson = (limit: number) => {
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

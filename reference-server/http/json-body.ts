import express from 'express';
import { runMiddleware, type Exchange } from './middleware.ts';
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
  const readBytes = express.raw({ type: () => true, limit });
  return async (exchange: Exchange): Promise<unknown> => {
    try {
      await runMiddleware(readBytes, exchange);
    } catch (error) {
      throw invalid(sayReadError(error, limit));
    }
    const bytes: unknown = exchange.request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw invalid('A body is required.');
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

const sayReadError = (error: unknown, limit: number): string =>
  (error as { type?: string }).type === 'entity.too.large'
    ? `The body is larger than ${limit} bytes.`
    : `The body cannot be read: ${(error as Error).message}.`;

import express from 'express';
import { runMiddleware, type Exchange } from './middleware.ts';
import { invalid } from './refusal.ts';

/**
 * Reads a body whole; without a body it is empty.
 *
 * @param limit - the largest body that is read, in bytes
 * @throws (the reader) Refusal invalid_body
 */
export const createReadBytes = (limit: number) => {
  const read = express.raw({ type: () => true, limit });
  return async (exchange: Exchange): Promise<Buffer> => {
    try {
      await runMiddleware(read, exchange);
    } catch (error) {
      throw invalid(sayReadError(error, limit));
    }
    const bytes: unknown = exchange.request.body;
    return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
  };
};

const sayReadError = (error: unknown, limit: number): string =>
  (error as { type?: string }).type === 'entity.too.large'
    ? `The body is larger than ${limit} bytes.`
    : `The body cannot be read: ${(error as Error).message}.`;

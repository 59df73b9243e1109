import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { hasBody } from './incoming.ts';
import type { Exchange } from './middleware.ts';
import { invalid } from './refusal.ts';
import { unpackers } from './unpack.ts';

/**
 * Reads a body whole; without a body it is empty.
 *
 * Express's own reader isn't used: it reads a body that is too large to its end before it says so,
 * and one without end for ever.
 *
 * @param limit - the largest body that is read, in bytes; of a packed one, what it unpacks to
 * @throws (the reader) Refusal invalid_body, as soon as the limit is passed
 */
export const createReadBytes =
  (limit: number) =>
  async ({ request }: Exchange): Promise<Buffer> => {
    if (!hasBody(request)) return Buffer.alloc(0);
    const coding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
    if (coding === 'identity') {
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
      return collect(request, request, limit);
    }
    const decoder = unpackers.get(coding)?.();
    if (!decoder)
      throw invalid(`The body cannot be read: unsupported content encoding "${coding}".`);
    const giveUp = (error: Error): void => void decoder.destroy(error);
    request.once('error', giveUp).pipe(decoder);
    try {
      return await collect(request, decoder, limit);
    } finally {
      request.off('error', giveUp).unpipe(decoder);
      request.resume();
      decoder.destroy();
    }
  };

const tooLarge = (limit: number): Error => invalid(`The body is larger than ${limit} bytes.`);

/**
 * Collects what a source gives, which is the request itself or what unpacks it.
 *
 * Afterwards the request flows on, to nobody: who answers decides how much more of it is read.
 */
const collect = (request: IncomingMessage, source: Readable, limit: number): Promise<Buffer> =>
  new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) stop(tooLarge(limit));
    };
    const stop = (error: Error): void => {
      source.off('data', take);
      request.resume();
      reject(error);
    };
    source.on('data', take);
    source.once('end', () => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    });
    source.on('error', (error) => {
      stop(invalid(`The body cannot be read: ${error.message}.`));
    });
  });

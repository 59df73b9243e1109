import type { IncomingMessage } from 'node:http';
import type { Transform, Writable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { invalid, Refusal } from './refusal.ts';

/** What undoes each Content-Encoding that this server takes. */
export const unpackers: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Lets the body of a request run into a stream, unpacked as its Content-Encoding says. Whatever goes
 * wrong with the body destroys the stream, with the refusal as its error. Once the stream is closed,
 * the rest of the body is let go, so that the client can read the answer.
 *
 * @param name - what to call the body, such as `The form`
 * @param limit - the most bytes that are taken as they are sent; packed ones may unpack to none
 */
export const pourBody = (
  request: IncomingMessage,
  stream: Writable,
  name: string,
  limit: number,
): void => {
  const fail = (reason: string): void => void stream.destroy(invalid(`${name} ${reason}.`));
  const unpacker = createUnpacker(request, fail);
  let size = 0;
  const count = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limit) fail(`is larger than ${limit} bytes`);
  };
  const breakOff = (error?: Error): void => {
    if (error instanceof Refusal) stream.destroy(error);
    else if (!request.readableEnded) fail('breaks off');
  };
  request.on('data', count).on('error', breakOff).on('close', breakOff);
  stream.once('close', () => {
    request.off('data', count).off('close', breakOff);
    request.unpipe();
    request.resume();
    unpacker?.destroy();
  });
  if (stream.destroyed) return;
  (unpacker ? request.pipe(unpacker) : request).pipe(stream);
};

const createUnpacker = (
  { headers }: IncomingMessage,
  fail: (reason: string) => void,
): Transform | undefined => {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return undefined;
  const unpacker = unpackers.get(encoding)?.();
  if (!unpacker) {
    const known = [...unpackers.keys()].join(', ');
    fail(`cannot be read: its Content-Encoding must be one of ${known}, not ${encoding}`);
  }
  unpacker?.on('error', (error) => {
    fail(`cannot be read: its Content-Encoding is ${encoding}, but ${error.message}`);
  });
  return unpacker;
};

import type { IncomingMessage } from 'node:http';
import type { Readable, Transform, Writable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { invalid, Refusal } from './refusals.ts';

/**
 * Reads a whole body; an absent one is empty.
 *
 * Express's reader isn't used: it reads a body that is too large to its end before it refuses it,
 * and an endless one for ever.
 *
 * @param limit - the largest body, in bytes; of a compressed one, its decompressed size
 * @throws (the reader) Refusal invalid_body, as soon as the limit is passed
 */
export const createReadBytes =
  (limit: number) =>
  async ({ request }: Exchange): Promise<Buffer> => {
    if (!hasBody(request)) return Buffer.alloc(0);
    const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
    if (encoding === 'identity') {
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
      return collect(request, request, limit);
    }
    const decompressor = decompressors.get(encoding)?.();
    if (!decompressor)
      throw invalid(`The body cannot be read: unsupported content encoding "${encoding}".`);
    const abort = (error: Error): void => void decompressor.destroy(error);
    request.once('error', abort).pipe(decompressor);
    try {
      return await collect(request, decompressor, limit);
    } finally {
      request.off('error', abort).unpipe(decompressor);
      request.resume();
      decompressor.destroy();
    }
  };

const tooLarge = (limit: number): Error => invalid(`The body is larger than ${limit} bytes.`);

/**
 * Collects the bytes of a source: the request itself or its decompressor.
 *
 * Afterwards the request keeps flowing without a reader; how much more is read is decided where the
 * response is sent.
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

/** The decompressors of the supported Content-Encodings. */
const decompressors: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Pipes the body of a request into a stream, decompressed by its Content-Encoding. An error in the
 * body destroys the stream, with the refusal as its error. Once the stream is closed, the rest of
 * the body is discarded, so that the client can read the response.
 *
 * @param name - the body's name in messages, such as `The form`
 * @param limit - the maximum size in bytes as sent, since compressed bytes may expand to nothing
 */
export const pipeBody = (
  request: IncomingMessage,
  stream: Writable,
  name: string,
  limit: number,
): void => {
  const fail = (reason: string): void => void stream.destroy(invalid(`${name} ${reason}.`));
  const decompressor = createDecompressor(request, fail);
  let size = 0;
  const count = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limit) fail(`is larger than ${limit} bytes`);
  };
  const onInterruption = (error?: Error): void => {
    if (error instanceof Refusal) stream.destroy(error);
    else if (!request.readableEnded) fail('breaks off');
  };
  request.on('data', count).on('error', onInterruption).on('close', onInterruption);
  stream.once('close', () => {
    request.off('data', count).off('close', onInterruption);
    request.unpipe();
    request.resume();
    decompressor?.destroy();
  });
  if (stream.destroyed) return;
  (decompressor ? request.pipe(decompressor) : request).pipe(stream);
};

const createDecompressor = (
  { headers }: IncomingMessage,
  fail: (reason: string) => void,
): Transform | undefined => {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return undefined;
  const decompressor = decompressors.get(encoding)?.();
  if (!decompressor) {
    const known = [...decompressors.keys()].join(', ');
    fail(`cannot be read: its Content-Encoding must be one of ${known}, not ${encoding}`);
  }
  decompressor?.on('error', (error) => {
    fail(`cannot be read: its Content-Encoding is ${encoding}, but ${error.message}`);
  });
  return decompressor;
};

/**
 * The largest body that is read at all, in bytes. The contract's limits are far lower; this one
 * ends an endless body that no other limit stops.
 */
export const maxBodyBytes = 64 * 1024 * 1024;

/** Why the rest of an incomplete request won't arrive. */
const interruption = Symbol('cut');
/** How many bytes of the body have arrived. */
const receivedBytes = Symbol('bytes');

interface Interruptible {
  [interruption]?: Refusal;
  [receivedBytes]?: number;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Whether more of a request is still to come. */
export const isIncomplete = (request: IncomingMessage): boolean =>
  !request.complete && hasBody(request);

/** Why the rest of a request won't arrive; undefined unless it was interrupted. */
export const interruptionOf = (request: IncomingMessage): Refusal | undefined =>
  (request as Interruptible)[interruption];

/** Marks a request as interrupted, and fails its reader with the reason. */
export const interruptRequest = (request: IncomingMessage, refusal: Refusal): void => {
  if (!interruptionOf(request)) (request as Interruptible)[interruption] = refusal;
  failReader(request, refusal);
};

/** Without a listener emit would throw; then nothing reads the request. */
const failReader = (request: IncomingMessage, refusal: Refusal): void => {
  if (request.listenerCount('error') > 0) request.emit('error', refusal);
};

/**
 * Reads a body; rejects when the rest of it can't arrive.
 *
 * @throws Refusal invalid_body
 */
export const readUnlessInterrupted = <T>(
  { request, response }: Exchange,
  read: () => Promise<T>,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(
        error instanceof Refusal ? error : invalid(`The body cannot be read: ${error.message}.`),
      );
    };
    const refusal = interruptionOf(request);
    if (refusal) {
      fail(refusal);
      return;
    }
    request.once('error', fail);
    if (expectsContinue(request)) response.writeContinue();
    void read()
      .finally(() => request.off('error', fail))
      .then(resolve, reject);
  });

/** Whether the client waits for 100 Continue before it sends the body. */
const expectsContinue = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.1' && /(?:^|\W)100-continue(?:$|\W)/i.test(headers.expect ?? '');

/** Counts the bytes of a body as they arrive, and fails the reader of one that is too large. */
export const countBody = (request: IncomingMessage, chunk: unknown): void => {
  if (!(chunk instanceof Uint8Array)) return;
  const before = (request as Interruptible)[receivedBytes] ?? 0;
  const now = before + chunk.length;
  (request as Interruptible)[receivedBytes] = now;
  if (before <= maxBodyBytes && now > maxBodyBytes) {
    failReader(request, invalid(`The body is larger than ${maxBodyBytes} bytes.`));
  }
};

/** A request with its response; Express's middleware needs both. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** Runs Express middleware on a request. Rejects with the error that it passes to `next`. */
export const runMiddleware = (
  middleware: RequestHandler,
  { request, response }: Exchange,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const next = (nextError?: unknown): void => {
      const error = nextError as Error | null | undefined;
      if (error) reject(error);
      else resolve();
    };
    void middleware(request, response, next);
  });

import type { IncomingMessage } from 'node:http';
import type { Readable, Transform, Writable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { invalid, Refusal } from './refusals.ts';

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

/** What undoes each Content-Encoding that this server takes. */
const unpackers: ReadonlyMap<string, () => Transform> = new Map([
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

/**
 * The largest body that is read, whatever reads it, in bytes. The limits of the contract are far
 * below; this one ends a body without end that a reader would wait for.
 */
export const mostBodyBytes = 64 * 1024 * 1024;

/** Why nothing more comes of a request, although it isn't whole. */
const cut = Symbol('cut');
/** How many bytes of its body have come. */
const bytes = Symbol('bytes');

interface Cut {
  [cut]?: Refusal;
  [bytes]?: number;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Whether more of a request is still to come. */
export const isPartial = (request: IncomingMessage): boolean =>
  !request.complete && hasBody(request);

/** Why nothing more comes of a request; undefined unless it was cut off. */
export const cutOf = (request: IncomingMessage): Refusal | undefined => (request as Cut)[cut];

/** Says to whoever reads a request that nothing more comes of it, and why. */
export const cutOff = (request: IncomingMessage, refusal: Refusal): void => {
  if (!cutOf(request)) (request as Cut)[cut] = refusal;
  interrupt(request, refusal);
};

/** Without a listener an error would be thrown; then nobody reads, and nobody has to know. */
const interrupt = (request: IncomingMessage, refusal: Refusal): void => {
  if (request.listenerCount('error') > 0) request.emit('error', refusal);
};

/**
 * Reads a body, and gives up when the rest of it can't come.
 *
 * @throws Refusal invalid_body
 */
export const readUncut = <T>({ request, response }: Exchange, read: () => Promise<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(
        error instanceof Refusal ? error : invalid(`The body cannot be read: ${error.message}.`),
      );
    };
    const refusal = cutOf(request);
    if (refusal) {
      fail(refusal);
      return;
    }
    request.once('error', fail);
    if (isAwaitingLeave(request)) response.writeContinue();
    void read()
      .finally(() => request.off('error', fail))
      .then(resolve, reject);
  });

/** Whether the client sends the body only once it is told to. */
const isAwaitingLeave = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.1' && /(?:^|\W)100-continue(?:$|\W)/i.test(headers.expect ?? '');

/** Counts the bytes of a body as they come, and interrupts whoever reads one that is too large. */
export const countBody = (request: IncomingMessage, chunk: unknown): void => {
  if (!(chunk instanceof Uint8Array)) return;
  const before = (request as Cut)[bytes] ?? 0;
  const now = before + chunk.length;
  (request as Cut)[bytes] = now;
  if (before <= mostBodyBytes && now > mostBodyBytes) {
    interrupt(request, invalid(`The body is larger than ${mostBodyBytes} bytes.`));
  }
};

/** A request with what its answer will go to; Express's readers want both. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** Runs one of Express's readers on a request. Rejects with the error that it passes on. */
export const runMiddleware = (
  middleware: RequestHandler,
  { request, response }: Exchange,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const next = (passedOn?: unknown): void => {
      const error = passedOn as Error | null | undefined;
      if (error) reject(error);
      else resolve();
    };
    void middleware(request, response, next);
  });

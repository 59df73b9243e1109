import type { IncomingMessage } from 'node:http';
import type { Exchange } from './middleware.ts';
import { invalid, Refusal } from './refusal.ts';

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

export const hasBody = ({ headers }: IncomingMessage): boolean =>
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

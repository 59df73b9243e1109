import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { interruptionOf, isIncomplete } from './body-bytes.ts';
import type { Refusal } from './refusals.ts';
import { type ErrorTable } from './refusals.ts';

/** A response that is ready to be sent. */
export interface PreparedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; absent for a response without a body. */
  readonly body?: string;
}

const json = 'application/json';

/** A response with a JSON body, or without one if `body` is undefined. */
export const jsonResponse = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): PreparedResponse =>
  body === undefined
    ? { status, headers }
    : {
        status,
        headers: Object.assign({ 'Content-Type': json }, headers),
        body: JSON.stringify(body),
      };

/** The response to a refused request: always `error` with `code` and `message` (LG-ERR-001). */
export const refusalToResponse = (
  errors: ErrorTable,
  { code, message, headers }: Refusal,
  common: Readonly<Record<string, string>> = {},
): PreparedResponse =>
  jsonResponse(errors.statusOf(code), { error: { code, message } }, { ...common, ...headers });

/**
 * Sends a response without Express, which would compute its length and ETag.
 *
 * @param date - the Date header; by default Node's own
 */
export const sendResponse = (
  response: ServerResponse,
  { status, headers, body = '' }: PreparedResponse,
  date?: string,
): void => {
  // Names and values in turn, the form that Node needs in the end.
  const head: string[] = [];
  for (const name of Object.keys(headers)) head.push(name, headers[name] ?? '');
  if (date !== undefined) head.push('Date', date);
  const size = Buffer.byteLength(body);
  if (size > 0) head.push('Content-Length', String(size));
  if (isIncomplete(response.req)) announceClose(response);
  response.writeHead(status, head);
  // Most bodies are ASCII, which needs no encoding.
  endResponse(response, body, size === body.length ? 'latin1' : 'utf8');
};

/**
 * Formats the Date header by the server's clock, which may differ from the machine's (LG-GEN-057).
 */
export const createDateFormatter = (): ((now: number) => string) => {
  let second = NaN;
  let text = '';
  return (now) => {
    const current = Math.floor(now / 1000);
    if (current !== second) {
      second = current;
      text = new Date(now).toUTCString();
    }
    return text;
  };
};

/**
 * How much of a request is drained after its response, in bytes and milliseconds. Many clients read
 * the response only once they have sent everything, and closing a connection with unread bytes
 * resets it, which may lose the response. The limits stop endless requests.
 */
export const maxDrainBytes = 32 * 1024 * 1024;
const maxDrainTime = 10_000;

/** How long a client may take to read a response, in milliseconds. */
export const responseReadTimeout = 120_000;

/**
 * Asks a client that would send more than is drained to stop. Must run before the head of the
 * response is written.
 */
const announceClose = (response: ServerResponse): void => {
  const length = Number(response.req.headers['content-length'] ?? Infinity);
  if (interruptionOf(response.req) || length > maxDrainBytes)
    response.setHeader('Connection', 'close');
};

/** Ends a response whose head is written. */
const endResponse = (response: ServerResponse, body: string, encoding: BufferEncoding): void => {
  const { req: request } = response;
  if (isIncomplete(request) && !interruptionOf(request)) endAfterDraining(response, body, encoding);
  else response.end(body, encoding);
  if (request.socket.writableLength > 0) limitReadTime(response, request.socket);
};

/**
 * Sends the whole response, but ends the exchange only after the rest of the request is drained.
 */
const endAfterDraining = (
  response: ServerResponse,
  body: string,
  encoding: BufferEncoding,
): void => {
  const { req: request } = response;
  response.flushHeaders();
  if (body !== '') response.write(body, encoding);
  let remaining = maxDrainBytes;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', count).off('end', end).off('error', end);
    response.end();
  };
  const abort = (): void => {
    end();
    request.socket.destroy();
  };
  const count = (chunk: Buffer): void => {
    remaining -= chunk.length;
    if (remaining < 0) abort();
  };
  const timer = setTimeout(abort, maxDrainTime);
  response.once('close', end);
  request.once('end', end).once('error', end).on('data', count);
  request.resume();
};

const limitReadTime = (response: ServerResponse, socket: Socket): void => {
  const timer = setTimeout(() => socket.destroy(), responseReadTimeout).unref();
  response.once('close', () => {
    clearTimeout(timer);
  });
};

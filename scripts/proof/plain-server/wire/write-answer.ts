import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Freedoms } from '../freedoms.ts';
import type { Headers } from './headers.ts';

/** An answer that is ready to be written. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Writes an answer, in the form that the server gives it. */
export const writeAnswer = (
  freedoms: Freedoms,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void => {
  if (status === 204) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body, null, freedoms.pretty ? 2 : 0));
  // Who names no encoding takes any (RFC 9110, section 12.5.3).
  const accepts = /gzip/.test(request.headers['accept-encoding'] ?? 'gzip');
  const zipped = Boolean(freedoms.gzip) && accepts;
  const bytes = zipped ? gzipSync(text) : text;
  const all: Headers = {
    ...headers,
    ...(zipped && { 'content-encoding': 'gzip' }),
    ...(freedoms.keepAlive === 'off' && { connection: 'close' }),
  };
  if (freedoms.chunked) {
    response.writeHead(status, all);
    const third = Math.ceil(bytes.length / 3);
    for (let at = 0; at < bytes.length; at += third) response.write(bytes.subarray(at, at + third));
    response.end();
    return;
  }
  response.writeHead(status, { ...all, 'content-length': String(bytes.length) }).end(bytes);
};

import { STATUS_CODES } from 'node:http';
import { answerRefusal } from './answer.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { ErrorTable } from './error-table.ts';
import { invalid, type Refusal } from './refusal.ts';

/** An error of Node's about what came over a connection. */
export type ConnectionError = Error & { readonly code?: string; readonly reason?: string };

/** The refusal of what never becomes a request, or never becomes whole. */
export const refusalOfBroken = (
  { code = '', message, reason }: ConnectionError,
  { head, request }: ConnectionLimits,
): Refusal => {
  const explanations: Readonly<Record<string, string>> = {
    ERR_HTTP_REQUEST_TIMEOUT:
      `The request did not arrive in time: its head may take ${inSeconds(head)}, ` +
      `and all of it ${inSeconds(request)}.`,
    HPE_HEADER_OVERFLOW: 'The line and the headers of the request are too large together.',
    HPE_CHUNK_EXTENSIONS_OVERFLOW: 'The extensions of a chunk are too large.',
    HPE_INVALID_EOF_STATE: 'The connection ended before the request did.',
  };
  return invalid(explanations[code] ?? `The request is not valid HTTP: ${reason ?? message}.`);
};

const inSeconds = (milliseconds: number): string => `${milliseconds / 1000} seconds`;

/** A refusal as it goes over the wire, after which the connection is closed. */
export const printRefusal = (errors: ErrorTable, refusal: Refusal): string => {
  const { status, headers, body = '' } = answerRefusal(errors, refusal);
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const start = ['HTTP/1.1', status, STATUS_CODES[status]].join(' ');
  const head = [start, ...lines].join('\r\n');
  return `${head}\r\n\r\n${body}`;
};

import type { ServerResponse } from 'node:http';
import { announceClose, endAnswer } from './ending.ts';
import type { ErrorTable } from './error-table.ts';
import { isPartial } from './incoming.ts';
import type { Refusal } from './refusal.ts';

/** An answer that is ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or nothing. */
  readonly body?: string;
}

const json = 'application/json';

/** An answer with a JSON body, or without any if there is nothing to say. */
export const answerWith = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer =>
  body === undefined
    ? { status, headers }
    : { status, headers: { 'Content-Type': json, ...headers }, body: JSON.stringify(body) };

/** The answer to a refused request: always `error` with `code` and `message` (LG-ERR-001). */
export const answerRefusal = (
  errors: ErrorTable,
  { code, message, headers }: Refusal,
  common: Readonly<Record<string, string>> = {},
): Answer =>
  answerWith(errors.statusOf(code), { error: { code, message } }, { ...common, ...headers });

/** Sends an answer as it is, past Express, which would only measure and hash it again. */
export const send = (response: ServerResponse, { status, headers, body = '' }: Answer): void => {
  const size = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  if (isPartial(response.req)) announceClose(response);
  response.writeHead(status, { ...headers, ...size });
  endAnswer(response, body);
};

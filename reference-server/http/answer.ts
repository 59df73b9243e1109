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
    : {
        status,
        headers: Object.assign({ 'Content-Type': json }, headers),
        body: JSON.stringify(body),
      };

/** The answer to a refused request: always `error` with `code` and `message` (LG-ERR-001). */
export const answerRefusal = (
  errors: ErrorTable,
  { code, message, headers }: Refusal,
  common: Readonly<Record<string, string>> = {},
): Answer =>
  answerWith(errors.statusOf(code), { error: { code, message } }, { ...common, ...headers });

/**
 * Sends an answer as it is, past Express, which would only measure and hash it again.
 *
 * @param date - for the header of that name; Node's own without it
 */
export const send = (
  response: ServerResponse,
  { status, headers, body = '' }: Answer,
  date?: string,
): void => {
  // Names and values in turn, as Node writes them: an object would be taken apart again.
  const head: string[] = [];
  for (const name of Object.keys(headers)) head.push(name, headers[name] ?? '');
  if (date !== undefined) head.push('Date', date);
  const size = Buffer.byteLength(body);
  if (size > 0) head.push('Content-Length', String(size));
  if (isPartial(response.req)) announceClose(response);
  response.writeHead(status, head);
  // Most bodies are ASCII, which needs no encoding.
  endAnswer(response, body, size === body.length ? 'latin1' : 'utf8');
};

/** The Date header by the server's clock, which may be another than the machine's (LG-GEN-057). */
export const createDateOf = (): ((now: number) => string) => {
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

import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** What a server that fails over a request has read of it. */
export interface Incoming {
  readonly operation: OperationId | undefined;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as text. */
  readonly text: string;
  /** The body as JSON; undefined when it isn't any. */
  readonly json: unknown;
}

/** Fails over some requests, whatever it would have answered. */
export const crashOn =
  (when: (incoming: Incoming) => boolean, status = 500, code = 'internal'): Liar =>
  (fetch, name) =>
  async (request) => {
    const text = request.body === null ? '' : await request.clone().text();
    const response = await fetch(request);
    const { method, url, headers } = request;
    const operation = name(method, url);
    if (!when({ operation, url: new URL(url), headers, text, json: parse(text) })) return response;
    const body = JSON.stringify({ error: { code, message: 'Unexpected server error.' } });
    return new Response(body, { status, headers: response.headers });
  };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

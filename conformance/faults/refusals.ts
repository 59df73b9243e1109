import type { OperationId } from '../../openapi/contract.ts';
import { parseJson } from '../http/exchange.ts';
import { refuse } from './access.ts';
import { type Fault, onError, onResponse } from './inject.ts';

/** A server that responds to refused requests with the last success. */
export const acceptRefused =
  (status: number): Fault =>
  (fetch) => {
    let success: { body: string; status: number; headers: Headers } | undefined;
    return async (request) => {
      const response = await fetch(request);
      if (response.ok) {
        const { headers } = response;
        success = { body: await response.clone().text(), status: response.status, headers };
      }
      if (response.status !== status) return response;
      const { body, ...head } = success ?? emptyPage(response.headers);
      return new Response(body, head);
    };
  };

const emptyPage = (headers: Headers) => ({
  body: JSON.stringify({ data: [], meta: { total: 0, page: 1, per_page: 25 } }),
  status: 200,
  headers,
});

/** A server that refuses with another status and code. */
export const refuseWithOther = (
  operation: OperationId,
  from: number,
  to: number,
  code: string,
): Fault =>
  onResponse([operation], (mutable) => {
    if (mutable.status !== from) return;
    mutable.status = to;
    mutable.body = { error: { code, message: 'No.' } };
  });

/** A server that refuses updates with 400 because of something in their body. */
export const refuseUpdates =
  (offends: (body: string) => boolean): Fault =>
  (fetch, name) =>
  async (request) => {
    const invalid = request.method === 'PATCH' && offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => invalid)(fetch, name)(request);
  };

/** A server that refuses requests with 400 because of something in their body. */
const refuseTexts =
  (offends: (text: string) => boolean): Fault =>
  (fetch, name) =>
  async (request) => {
    const invalid = offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => invalid)(fetch, name)(request);
  };

/** A server that refuses unknown fields, as `additionalProperties: false` does. */
export const refuseUnknownFields = refuseTexts((text) => text.includes('"x_'));

/** A server that refuses null anywhere. */
export const refuseNull = refuseTexts((text) => text.includes(':null'));

/** A server that requires an optional field of JSON bodies. */
export const requireField =
  (operation: OperationId, field: string): Fault =>
  (fetch, name) =>
  async (request) => {
    const asked = name(request.method, request.url) === operation;
    const body = asked ? ((await request.clone().json()) as object) : {};
    const response = await fetch(request);
    if (!asked || field in body) return response;
    const error = { code: 'invalid_body', message: `${field} is required.` };
    return new Response(JSON.stringify({ error }), { status: 400, headers: response.headers });
  };

/** A server that numbers its error codes. */
export const numberErrorCodes: Fault = (fetch, name) => {
  let count = 0;
  const alter = onError((error) => {
    count += 1;
    if (count > 1) error['code'] = `${String(error['code'])}_${String(count)}`;
  });
  return alter(fetch, name);
};

/** A request that a server may fail on. */
export interface IncomingRequest {
  readonly operation: OperationId | undefined;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as text. */
  readonly text: string;
  /** The body as JSON; undefined if it isn't JSON. */
  readonly json: unknown;
}

/** A server that fails on some requests. */
export const crashOn =
  (when: (incoming: IncomingRequest) => boolean, status = 500, code = 'internal'): Fault =>
  (fetch, name) =>
  async (request) => {
    const text = request.body === null ? '' : await request.clone().text();
    const response = await fetch(request);
    const { method, url, headers } = request;
    const operation = name(method, url);
    if (!when({ operation, url: new URL(url), headers, text, json: parseJson(text) }))
      return response;
    const body = JSON.stringify({ error: { code, message: 'Unexpected server error.' } });
    return new Response(body, { status, headers: response.headers });
  };

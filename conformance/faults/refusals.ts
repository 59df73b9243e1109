import type { OperationId } from '../../openapi/contract.ts';
import { refuse } from './access.ts';
import { type Fault, onAnswer, onError } from './inject.ts';

/** Answers what was refused with this status by the last success instead: it let it pass. */
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

/** Refuses with another status and code than it should. */
export const refuseWithOther = (
  operation: OperationId,
  from: number,
  to: number,
  code: string,
): Fault =>
  onAnswer([operation], (answer) => {
    if (answer.status !== from) return;
    answer.status = to;
    answer.body = { error: { code, message: 'No.' } };
  });

/** Refuses changes with 400 for something in their body, sent as it stands. */
export const refuseChanges =
  (offends: (body: string) => boolean): Fault =>
  (fetch, name) =>
  async (request) => {
    const offence = request.method === 'PATCH' && offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => offence)(fetch, name)(request);
  };

/** Refuses what it is sent with 400 for something in its text. */
const refuseTexts =
  (offends: (text: string) => boolean): Fault =>
  (fetch, name) =>
  async (request) => {
    const offence = offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => offence)(fetch, name)(request);
  };

/** Refuses fields that it doesn't know, as `additionalProperties: false` does. */
export const refuseUnknownFields = refuseTexts((text) => text.includes('"x_'));

/** Refuses null wherever it stands. */
export const refuseNull = refuseTexts((text) => text.includes(':null'));

/** Refuses JSON bodies that lack a field, as if it were required. */
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

/** Numbers its errors. */
export const numberErrorCodes: Fault = (fetch, name) => {
  let count = 0;
  const bend = onError((error) => {
    count += 1;
    if (count > 1) error['code'] = `${String(error['code'])}_${String(count)}`;
  });
  return bend(fetch, name);
};

/** What a server that fails over a request has read of it. */
export interface IncomingRequest {
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
  (when: (incoming: IncomingRequest) => boolean, status = 500, code = 'internal'): Fault =>
  (fetch, name) =>
  async (request) => {
    const text = request.body === null ? '' : await request.clone().text();
    const response = await fetch(request);
    const { method, url, headers } = request;
    const operation = name(method, url);
    if (!when({ operation, url: new URL(url), headers, text, json: parseIncoming(text) }))
      return response;
    const body = JSON.stringify({ error: { code, message: 'Unexpected server error.' } });
    return new Response(body, { status, headers: response.headers });
  };

const parseIncoming = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

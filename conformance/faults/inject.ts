import type { OperationId } from '../../openapi/contract.ts';
import type { OperationNames } from '../contract/operations.ts';
import { parseJson } from '../http/exchange.ts';
import type { Send } from '../http/message.ts';
import { asFetch, asSend, type Fetch } from '../http/web-classes.ts';
import type { Sink } from '../webhooks/sink.ts';

/**
 * A defect between suite and server, on the wire. The rule that names it must fail, which proves
 * that the check can fail.
 *
 * @param name - returns the operation of a method and URL
 */
export type Fault = (fetch: Fetch, name: OperationNames) => Fetch;

/** The way to the target with a defect on it. */
export const injectFault = (fault: Fault, send: Send, name: OperationNames): Send =>
  asSend(fault(asFetch(send), name));

/** A defect between server and sink, on the wire. */
export type DeliveryFault = (sink: Sink) => Sink;

/** A response that a fault can change. */
export interface MutableResponse {
  status: number;
  readonly headers: Headers;
  /** The parsed body; text if it isn't JSON. */
  body: unknown;
}

/** Changes the responses of some operations, or of all. */
export const onResponse =
  (
    operations: readonly OperationId[] | 'all',
    alter: (mutable: MutableResponse, request: Request) => void,
  ): Fault =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    const response = await fetch(request);
    if (operations !== 'all' && !(operation && operations.includes(operation))) return response;
    const text = await response.text();
    const mutable: MutableResponse = {
      status: response.status,
      headers: new Headers(response.headers),
      body: parseResponse(text),
    };
    alter(mutable, request);
    const body = typeof mutable.body === 'string' ? mutable.body : JSON.stringify(mutable.body);
    return new Response(body, { status: mutable.status, headers: mutable.headers });
  };

const parseResponse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Changes a page of a successful list response. */
export const onPage = (
  operations: readonly OperationId[],
  alter: (
    page: { data: Record<string, unknown>[]; meta: Record<string, unknown> },
    url: URL,
  ) => void,
): Fault =>
  onResponse(operations, (mutable, request) => {
    if (mutable.status >= 300) return;
    alter(mutable.body as never, new URL(request.url));
  });

/** Changes the `data` of a successful response, item by item if it is a list. */
export const onData = (
  operations: readonly OperationId[],
  alter: (data: Record<string, unknown>) => void,
): Fault =>
  onResponse(operations, (mutable) => {
    if (mutable.status >= 300) return;
    const { data } = mutable.body as { data: Record<string, unknown> | Record<string, unknown>[] };
    for (const item of [data].flat()) alter(item);
  });

/** Changes the `error` of refusals. */
export const onError = (
  alter: (error: Record<string, unknown>, mutable: MutableResponse) => void,
): Fault =>
  onResponse('all', (mutable) => {
    if (mutable.status < 400) return;
    alter((mutable.body as { error: Record<string, unknown> }).error, mutable);
  });

/** Changes requests before they reach the server. */
export const onRequest =
  (operations: readonly OperationId[], alter: (request: Request) => Promise<Request>): Fault =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    return fetch(operation && operations.includes(operation) ? await alter(request) : request);
  };

/** Changes JSON bodies of requests; forms stay the same. */
export const onJsonBody = (
  operations: readonly OperationId[],
  alter: (body: Record<string, unknown>) => Record<string, unknown>,
): Fault =>
  onRequest(operations, async (request) => {
    if (!request.headers.get('content-type')?.includes('json')) return request;
    const body = alter((await request.clone().json()) as Record<string, unknown>);
    return new Request(request, { body: JSON.stringify(body) });
  });

/** A server that ignores a field of JSON bodies. */
export const ignoreField = (operation: OperationId, field: string): Fault =>
  onJsonBody([operation], (body) => ({ ...body, [field]: undefined }));

/** A server that ignores fields of JSON bodies that are null. */
export const ignoreNulls = (operation: OperationId): Fault =>
  onJsonBody([operation], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  );

/** A server that ignores query parameters. */
export const ignoreQueryParameters = (operation: OperationId, ...names: readonly string[]): Fault =>
  onRequest([operation], (request) => {
    const url = new URL(request.url);
    for (const name of names) url.searchParams.delete(name);
    return Promise.resolve(new Request(url, request));
  });

/** A request that a fault can change. */
export interface MutableRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Undefined where there is none. */
  body: string | undefined;
}

/** Changes requests before they reach the server. Not for files. */
export const onMutableRequest =
  (alter: (draft: MutableRequest) => void): Fault =>
  (fetch) =>
  async (request) => {
    const text = request.body === null ? undefined : await request.clone().text();
    const { method, headers, url } = request;
    const draft: MutableRequest = {
      method,
      headers: new Headers(headers),
      url: new URL(url),
      body: text,
    };
    alter(draft);
    // As bytes, so that fetch adds no media type.
    const body = draft.body === undefined ? undefined : new TextEncoder().encode(draft.body);
    const init = { method, headers: draft.headers };
    return fetch(new Request(draft.url, body === undefined ? init : { ...init, body }));
  };

/** Changes the fields of JSON bodies; other bodies stay the same. */
export const onFields = (alter: (fields: Record<string, unknown>) => void): Fault =>
  onMutableRequest((draft) => {
    const fields = parseJson(draft.body ?? '');
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return;
    alter(fields as Record<string, unknown>);
    draft.body = JSON.stringify(fields);
  });

import type { OperationId } from '../../openapi/contract.ts';
import { type Fault, onData } from './inject.ts';

/** A server that accepts requests it should refuse with this status. */
export const admitRefused =
  (status: number, when: (request: Request) => boolean = () => true): Fault =>
  (fetch) => {
    let key: string | undefined;
    return async (request) => {
      const response = await fetch(request.clone());
      if (response.ok) key = request.headers.get('authorization') ?? key;
      if (response.status !== status || key === undefined || !when(request)) return response;
      const headers = new Headers(request.headers);
      headers.set('authorization', key);
      return fetch(new Request(request, { headers }));
    };
  };

/** A server that refuses matching requests with this status and code. */
export const refuse =
  (status: number, code: string, when: (request: Request) => boolean): Fault =>
  (fetch) =>
  async (request) => {
    const response = await fetch(request.clone());
    if (!when(request)) return response;
    const body = JSON.stringify({ error: { code, message: 'No.' } });
    return new Response(body, { status, headers: response.headers });
  };

/** A server that takes every API key for the first one. */
export const treatKeysAsFirst = (): Fault => (fetch) => {
  let first: string | undefined;
  return (request) => {
    first ??= request.headers.get('authorization') ?? undefined;
    if (first === undefined) return fetch(request);
    const headers = new Headers(request.headers);
    headers.set('authorization', first);
    return fetch(new Request(request, { headers }));
  };
};

/** A server that refuses every API key but the first one. */
export const trustOnlyFirstKey =
  (status: number, code: string): Fault =>
  (fetch, name) => {
    let first: string | null | undefined;
    const when = (request: Request) => {
      const key = request.headers.get('authorization');
      first ??= key;
      return key !== first;
    };
    return refuse(status, code, when)(fetch, name);
  };

/** A server that also searches the organisations of other API keys for an unknown id. */
export const searchOtherOrganizations =
  (operation: OperationId): Fault =>
  (fetch, name) => {
    const keys = new Set<string>();
    return async (request) => {
      const response = await fetch(request.clone());
      const own = request.headers.get('authorization');
      if (own !== null) keys.add(own);
      if (response.status !== 404 || name(request.method, request.url) !== operation) {
        return response;
      }
      for (const authorization of keys) {
        const headers = new Headers(request.headers);
        headers.set('authorization', authorization);
        const found = await fetch(new Request(request.clone(), { headers }));
        if (found.ok) return found;
      }
      return response;
    };
  };

/**
 * A server whose message, or with `forbid` its status, reveals that an id belongs to another
 * organisation.
 */
export const revealForeignIds =
  (operation: OperationId, { forbid = false } = {}): Fault =>
  (fetch, name) => {
    const shown: string[] = [];
    return async (request) => {
      const sent = await request.clone().text();
      const response = await fetch(request);
      const text = await response.text();
      const { status, headers } = response;
      if (response.ok) shown.push(text);
      // If there is a body, the path names the caller's own resource.
      const ids = (sent || request.url).match(/[0-9a-f-]{36}/g) ?? [];
      const known = ids.some((id) => shown.some((one) => one.includes(id)));
      const reveals = status >= 400 && name(request.method, request.url) === operation && known;
      if (!reveals) return new Response(text, { status, headers });
      const message = text.replace(/"message":"[^"]*"/, '"message":"This is not yours."');
      if (!forbid) return new Response(message, { status, headers });
      const body = message.replace('"not_found"', '"forbidden"');
      return new Response(body, { status: 403, headers });
    };
  };

/** A server that applies a request to other organisations, and still responds with 404. */
export const applyInForeignOrganization: Fault = (fetch) => {
  const keys = new Set<string>();
  return async (request) => {
    const again = request.clone();
    const response = await fetch(request);
    const own = request.headers.get('authorization');
    if (own !== null) keys.add(own);
    if (response.status !== 404) return response;
    for (const authorization of keys) {
      const headers = new Headers(again.headers);
      headers.set('authorization', authorization);
      await fetch(new Request(again.clone(), { headers }));
    }
    return response;
  };
};

/** A server that derives ids from a coarse clock: every two new resources share an id. */
export const reuseIds =
  (creation: OperationId): Fault =>
  (fetch, name) => {
    let created = 0;
    let id: unknown;
    const alter = onData([creation], (data) => {
      if (created % 2 === 1) data['id'] = id;
      id = data['id'];
      created += 1;
    });
    return alter(fetch, name);
  };

/**
 * A server that finds resources by a field instead of the id: it returns the first one with that
 * value.
 */
export const findByName =
  (creation: OperationId, retrieval: OperationId, field: string): Fault =>
  (fetch, name) => {
    const first = new Map<unknown, unknown>();
    const look = onData([creation], (data) => {
      if (!first.has(data[field])) first.set(data[field], data['id']);
    });
    const alter = onData([retrieval], (data) => {
      data['id'] = first.get(data[field]) ?? data['id'];
    });
    return alter(look(fetch, name), name);
  };

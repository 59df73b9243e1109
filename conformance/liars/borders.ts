import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Looks for what it doesn't find in the organisations of all other keys as well. */
export const letIn =
  (operation: OperationId): Liar =>
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

/** Says of ids that it has shown anybody that they belong to somebody else; forbids them if told. */
export const betrayOwner =
  (operation: OperationId, { forbid = false } = {}): Liar =>
  (fetch, name) => {
    const shown: string[] = [];
    return async (request) => {
      const sent = await request.clone().text();
      const response = await fetch(request);
      const text = await response.text();
      const { status, headers } = response;
      if (response.ok) shown.push(text);
      // Where there is a body, what the path names is the caller's own.
      const ids = (sent || request.url).match(/[0-9a-f-]{36}/g) ?? [];
      const known = ids.some((id) => shown.some((one) => one.includes(id)));
      const betrays = status >= 400 && name(request.method, request.url) === operation && known;
      if (!betrays) return new Response(text, { status, headers });
      const message = text.replace(/"message":"[^"]*"/, '"message":"This is not yours."');
      if (!forbid) return new Response(message, { status, headers });
      const body = message.replace('"not_found"', '"forbidden"');
      return new Response(body, { status: 403, headers });
    };
  };

/** Does what it doesn't find here in the other organisations, and says that it found nothing. */
export const workAcross: Liar = (fetch) => {
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

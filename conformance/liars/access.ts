import type { Liar } from '../rule.ts';

/** Lets a request in that was refused with this status, with the key of one that was let in. */
export const letIn =
  (status: number, when: (request: Request) => boolean = () => true): Liar =>
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

/** Refuses requests as if they were refused for this reason, with the contract's status and code. */
export const refuse =
  (status: number, code: string, when: (request: Request) => boolean): Liar =>
  (fetch) =>
  async (request) => {
    const response = await fetch(request.clone());
    if (!when(request)) return response;
    const body = JSON.stringify({ error: { code, message: 'No.' } });
    return new Response(body, { status, headers: response.headers });
  };

/** Answers every key as if it were the first one that was seen. */
export const mistakeKeys = (): Liar => (fetch) => {
  let first: string | undefined;
  return (request) => {
    first ??= request.headers.get('authorization') ?? undefined;
    if (first === undefined) return fetch(request);
    const headers = new Headers(request.headers);
    headers.set('authorization', first);
    return fetch(new Request(request, { headers }));
  };
};

/** Refuses every key but the first one that was seen. */
export const trustOnlyFirstKey =
  (status: number, code: string): Liar =>
  (fetch, name) => {
    let first: string | null | undefined;
    const when = (request: Request) => {
      const key = request.headers.get('authorization');
      first ??= key;
      return key !== first;
    };
    return refuse(status, code, when)(fetch, name);
  };

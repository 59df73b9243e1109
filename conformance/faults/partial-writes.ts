import { parseJson } from '../http/exchange.ts';
import { type Fault, onFields, onResponse } from './inject.ts';

/** A server that responds with this status, but applies the request. */
export const failButApply =
  (status: number): Fault =>
  (fetch) =>
  async (request) => {
    const again = request.clone();
    const response = await fetch(request);
    if (response.status === status) await fetch(again);
    return response;
  };

/** A server that refuses a request, but applies it without this field. */
export const refuseButApplyOthers =
  (field: string, status = 404): Fault =>
  (fetch, name) =>
  async (request) => {
    const response = await fetch(request.clone());
    const half = onFields((fields) => {
      Reflect.deleteProperty(fields, field);
    });
    if (response.status === status) await half(fetch, name)(request);
    return response;
  };

/** A server that refuses an update, but shows this field of it afterwards. */
export const refuseButApplyField =
  (field: string, status: number): Fault =>
  (fetch, name) => {
    const done = new Map<string, unknown>();
    const show = onResponse('all', (mutable, { method, url }) => {
      if (method !== 'GET' || !done.has(url) || mutable.status >= 300) return;
      (mutable.body as { data: Record<string, unknown> }).data[field] = done.get(url);
    })(fetch, name);
    return async (request) => {
      if (request.method !== 'PATCH') return show(request);
      const sent = parseJson(await request.clone().text()) as Readonly<Record<string, unknown>>;
      const response = await show(request);
      if (response.status === status) done.set(request.url, sent[field]);
      else done.delete(request.url);
      return response;
    };
  };

/** A server that applies a refused request later, before the next GET. */
export const refuseButApplyLater =
  (status: number): Fault =>
  (fetch) => {
    const queue: Request[] = [];
    return async (request) => {
      if (request.method === 'GET') {
        for (const late of queue.splice(0)) await fetch(late);
      }
      const again = request.clone();
      const response = await fetch(request);
      if (response.status === status) queue.push(again);
      return response;
    };
  };

type SentAddress = Readonly<Record<string, unknown>>;

/** The address in a JSON body, in lower case; undefined if there is none. */
const addressIn = async (request: Request): Promise<string | undefined> => {
  const text = request.body === null ? '' : await request.clone().text();
  const { email } = (text.startsWith('{') ? JSON.parse(text) : {}) as SentAddress;
  return typeof email === 'string' ? email.toLowerCase() : undefined;
};

/** A server that refuses every address that was ever used, even the contact's own. */
export const neverReleaseAddresses: Fault = (fetch) => {
  const taken = new Set<string>();
  return async (request) => {
    const address = await addressIn(request);
    const response = await fetch(request);
    if (address === undefined || !response.ok) return response;
    if (!taken.has(address)) {
      taken.add(address);
      return response;
    }
    const error = { code: 'duplicate_contact', message: 'A contact has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

/** A server that compares addresses case-sensitively. */
export const compareCaseSensitively: Fault = (fetch) => {
  const exact = new Set<unknown>();
  return async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    const text = copy.body === null ? '' : await copy.clone().text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as SentAddress;
    if (response.ok) exact.add(body['email']);
    if (response.status !== 409 || exact.has(body['email'])) return response;
    const email = `x${String(exact.size)}.${String(body['email'])}`;
    return fetch(new Request(copy, { body: JSON.stringify({ ...body, email }) }));
  };
};

/**
 * A server that checks an address before it stores it, without a lock, so that simultaneous
 * requests all succeed.
 */
export const checkThenTakeAddress: Fault = (fetch) => {
  let pending = 0;
  let success: Response | undefined;
  return async (request) => {
    pending += 1;
    const alone = pending === 1;
    const response = await fetch(request);
    pending -= 1;
    if (response.ok) success = response.clone();
    return response.status === 409 && !alone && success ? success.clone() : response;
  };
};

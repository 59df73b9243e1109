import { parseJson } from '../http/exchange.ts';
import { type Fault, onAnswer, onFields } from './inject.ts';

/** Says that it failed with this status, but does what it was asked for all the same. */
export const failButApply =
  (status: number): Fault =>
  (fetch) =>
  async (request) => {
    const again = request.clone();
    const response = await fetch(request);
    if (response.status === status) await fetch(again);
    return response;
  };

/** Says that it refused, but did all that the request asked for without this field. */
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

/** Says that it refused a change, but shows this field of it from then on. */
export const refuseButApplyField =
  (field: string, status: number): Fault =>
  (fetch, name) => {
    const done = new Map<string, unknown>();
    const show = onAnswer('all', (answer, { method, url }) => {
      if (method !== 'GET' || !done.has(url) || answer.status >= 300) return;
      (answer.body as { data: Record<string, unknown> }).data[field] = done.get(url);
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

/** Puts what it refused with this status in a queue, and does it before the next listing. */
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

/** The address in a JSON body, in small letters; undefined without one. */
const addressIn = async (request: Request): Promise<string | undefined> => {
  const text = request.body === null ? '' : await request.clone().text();
  const { email } = (text.startsWith('{') ? JSON.parse(text) : {}) as SentAddress;
  return typeof email === 'string' ? email.toLowerCase() : undefined;
};

/** Refuses an address that anybody ever had as a duplicate: also its own, and one given up. */
export const neverFreeAddresses: Fault = (fetch) => {
  const taken = new Set<string>();
  return async (request) => {
    const address = await addressIn(request);
    const response = await fetch(request);
    if (address === undefined || !response.ok) return response;
    if (!taken.has(address)) {
      taken.add(address);
      return response;
    }
    const error = { code: 'duplicate_contact', message: 'Somebody has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

/** Holds addresses for different that differ in letter case, by making them differ in more. */
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

/** Looks whether an address is free, and only later takes it: who comes meanwhile passes too. */
export const checkThenTakeAddress: Fault = (fetch) => {
  let underWay = 0;
  let success: Response | undefined;
  return async (request) => {
    underWay += 1;
    const alone = underWay === 1;
    const response = await fetch(request);
    underWay -= 1;
    if (response.ok) success = response.clone();
    return response.status === 409 && !alone && success ? success.clone() : response;
  };
};

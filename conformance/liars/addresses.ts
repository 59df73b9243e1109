import type { Liar } from '../rule.ts';

type Sent = Readonly<Record<string, unknown>>;

/** The address in a JSON body, in small letters; undefined without one. */
const addressIn = async (request: Request): Promise<string | undefined> => {
  const text = request.body === null ? '' : await request.clone().text();
  const { email } = (text.startsWith('{') ? JSON.parse(text) : {}) as Sent;
  return typeof email === 'string' ? email.toLowerCase() : undefined;
};

/** Refuses an address that anybody ever had as a duplicate: also its own, and one given up. */
export const neverFreeAddresses: Liar = (fetch) => {
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
export const compareExactly: Liar = (fetch) => {
  const exact = new Set<unknown>();
  return async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    const text = copy.body === null ? '' : await copy.clone().text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Sent;
    if (response.ok) exact.add(body['email']);
    if (response.status !== 409 || exact.has(body['email'])) return response;
    const email = `x${String(exact.size)}.${String(body['email'])}`;
    return fetch(new Request(copy, { body: JSON.stringify({ ...body, email }) }));
  };
};

/** Looks whether an address is free, and only later takes it: who comes meanwhile passes too. */
export const lookBeforeTaking: Liar = (fetch) => {
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

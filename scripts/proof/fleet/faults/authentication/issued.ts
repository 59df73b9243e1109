import type { Liar } from '../../../../../conformance/rule.ts';
import { fault, type Fault } from '../../fault.ts';

/** Gives keys out in another form than the server knows them in. */
const issue =
  (rewrite: (key: string) => string): Liar =>
  (fetch) =>
  async (request) => {
    const response = await fetch(request);
    if (!response.ok || !request.url.endsWith('/keys')) return response;
    const { data } = (await response.json()) as { data: { key: string } };
    const { status } = response;
    return Response.json({ data: { ...data, key: rewrite(data.key) } }, { status });
  };

/** Takes keys in that other form. */
const take =
  (restore: (token: string) => string): Liar =>
  (fetch) =>
  (request) => {
    const headers = new Headers(request.headers);
    const token = /^Bearer +(\S+)$/.exec(headers.get('authorization') ?? '')?.[1];
    if (token !== undefined) headers.set('authorization', `Bearer ${restore(token)}`);
    return fetch(new Request(request, { headers }));
  };

/** Keys as people get them. */
export const issued: readonly Fault[] = [
  fault(
    'authentication/keys-of-another-make',
    'LG-AUT-006',
    'gives out keys with another prefix than the documented one',
    ({ contract: { keyPrefix } }) => ({
      control: issue((key) => key.replace(keyPrefix, 'key-')),
      wire: take((token) => token.replace(/^key-/, keyPrefix)),
    }),
  ),
];

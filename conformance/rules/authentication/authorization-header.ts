import type { OperationId } from '../../../openapi/contract.ts';
import { expectPermittedRefusal, expectRefusedWithControl } from '../../assertions/refusals.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { admitRefused, refuse } from '../../faults/access.ts';
import type { RawRequest } from '../../http/client.ts';

const schemeCase = defineRule({
  id: 'authentication/scheme-case',
  level: 'SHOULD',
  verifies: ['LG-AUT-017'],
  sentence: 'The scheme name `Bearer` is case-insensitive.',
  needs: [],
  check: async ({ organization, clientWith, expect }) => {
    const key = await (await organization()).key();
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${key}` };
      expect.success(await clientWith(undefined).send('listDossiers', { headers }));
    }
  },
  fault: refuse(
    401,
    'unauthorized',
    (request) => !request.headers.get('authorization')?.startsWith('Bearer'),
  ),
});

/** Authorization headers with the key, or without a token, that aren't bearer tokens. */
const malformed = (key: string): string[] => [
  `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  `Basic ${Buffer.from(`api:${key}`).toString('base64')}`,
  `Basic ${key}`,
  `Token ${key}`,
  `ApiKey ${key}`,
  `Bearer`,
  `X-Bearer ${key}`,
  `Bearer:${key}`,
  `Bearer${key}`,
  key,
];

const otherScheme = defineRule({
  id: 'authentication/other-scheme',
  level: 'MUST',
  verifies: ['LG-AUT-004'],
  sentence: 'An API key is refused unless it is sent as a bearer token.',
  needs: [],
  check: async (context) => {
    const organization = await context.organization();
    const key = await organization.key();
    const withoutKey = context.clientWith(undefined);
    const expectRefused = async (id: OperationId, authorization: string) => {
      const send = ({ headers, ...request }: RawRequest) =>
        withoutKey.send(id, { ...request, headers: { ...headers, authorization } });
      await expectRefusedWithControl(organization, id, send, [401]);
    };
    const headers = malformed(key);
    for (const one of headers) await expectRefused('listDossiers', one);
    for (const [turn, { id }] of context.operations.entries()) {
      await expectRefused(id, headers[turn % headers.length] ?? key);
    }
  },
  fault: admitRefused(
    401,
    (request) => !/^bearer /i.test(request.headers.get('authorization') ?? ''),
  ),
});

type Place = Pick<RawRequest, 'query' | 'headers'> & { readonly fields?: object };

const namesInQuery = ['api_key', 'apikey', 'access_token', 'token', 'key', 'authorization'];

const namesInHeader = ['x-api-key', 'api-key', 'x-auth-token', 'x-authorization'];

/** An object with the key under each of the names. */
const under = (names: readonly string[], key: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, key]));

/** Each place alone, and all of a kind together. */
const placesOf = (key: string): Place[] => {
  const cookie = `api_key=${key}; session=${key}`;
  return [
    ...namesInQuery.map((name) => ({ query: under([name], key) })),
    ...namesInHeader.map((name) => ({ headers: under([name], key) })),
    { headers: { cookie } },
    { query: under(namesInQuery, key) },
    { headers: { ...under(namesInHeader, key), cookie } },
    { fields: under(namesInQuery, key) },
  ];
};

const isJson = ({ body }: RawRequest): boolean =>
  typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype;

const keyElsewhere = defineRule({
  id: 'authentication/key-elsewhere',
  level: 'MUST',
  verifies: ['LG-AUT-003'],
  sentence: 'An API key is refused if it is sent anywhere but in the Authorization header.',
  needs: [],
  check: async (context) => {
    const organization = await context.organization();
    const key = await organization.key();
    const withoutKey = context.clientWith(undefined);
    const expectRefused = async (id: OperationId, { query, headers, fields }: Place) => {
      const request = await organization.prepare(id);
      if (fields && !isJson(request)) return;
      const more = {
        ...(query && { query }),
        ...(fields && { body: { ...(request.body as object), ...fields } }),
        headers: { ...request.headers, ...headers },
      };
      const refused = await withoutKey.send(id, { ...request, ...more });
      // A server may check parameters and fields first, and refuse unknown ones (LG-GEN-027,
      // LG-GEN-033).
      expectPermittedRefusal(context, refused, [
        401,
        ...(query ? (['LG-GEN-027'] as const) : []),
        ...(fields ? (['LG-GEN-033'] as const) : []),
      ]);
      context.expect.success(await organization.all.send(id, request));
    };
    const places = placesOf(key);
    for (const place of places) await expectRefused('listDossiers', place);
    for (const { id } of context.operations) {
      for (const place of places.slice(-3)) await expectRefused(id, place);
    }
  },
  fault: admitRefused(401, (request) => request.url.includes('access_token')),
});

export default [schemeCase, otherScheme, keyElsewhere] satisfies readonly Rule[];

import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, send, useTestServer } from './test-server.ts';

const origin = 'http://localhost:5173';

/** All CORS headers of a response. */
const corsHeaders = (headers: Headers): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

const listOf = (headers: Headers, name: string): string[] =>
  (headers.get(name) ?? '').toLowerCase().split(/\s*,\s*/);

describe('Pages of other origins', () => {
  const api = useTestServer();
  const preflight = { Origin: origin, 'Access-Control-Request-Method': 'PATCH' };

  it('may send every method and the headers of the API', async () => {
    const asked = { 'Access-Control-Request-Headers': 'authorization, x-trace' };
    const { status, text, headers } = await api.call('OPTIONS', '/dossiers/x', {
      headers: { ...preflight, ...asked },
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    const methods = new Set(Object.values(contract.operations).map(({ method }) => method));
    expect(listOf(headers, 'access-control-allow-methods')).toEqual(
      [...methods].map((method) => method.toLowerCase()),
    );
    expect(listOf(headers, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'prefer', 'x-trace']),
    );
    const plain = await api.call('OPTIONS', '/dossiers', { headers: preflight });
    expect(listOf(plain.headers, 'access-control-allow-headers')).toContain('authorization');
  });

  it('may read every response, refusals too, with the headers in the contract', async () => {
    const { key } = await api.organization();
    const responses = Object.values(contract.operations).flatMap((operation) =>
      Object.values(operation.responses),
    );
    const named = responses.flatMap(({ headers }) => Object.keys(headers));
    const requests: [string, string, number, string?][] = [
      ['GET', '/flows', 200, key],
      ['GET', '/flows', 401],
      ['GET', '/nowhere', 404, key],
      ['POST', '/dossiers', 400, key],
      ['OPTIONS', '/flows', 404, key],
    ];
    for (const [method, path, status, sent] of requests) {
      const reply = await api.call(method, path, {
        ...(sent !== undefined && { key: sent }),
        headers: { Origin: origin },
      });
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
        status,
        origin,
      ]);
      const exposed = listOf(reply.headers, 'access-control-expose-headers');
      for (const name of named) expect(exposed).toContain(name.toLowerCase());
    }
  });

  it('change nothing for other clients', async () => {
    const { key } = await api.organization();
    const reply = await api.call('GET', '/flows', { key });
    expect(corsHeaders(reply.headers)).toEqual([]);
    const asked = { 'Access-Control-Request-Method': 'GET' };
    const options = await api.call('OPTIONS', '/flows', { key, headers: asked });
    expectRefusal(options, 404, 'not_found');
    expect(corsHeaders(options.headers)).toEqual([]);
  });

  it('may not use the control API and other paths outside the API', async () => {
    const control = `${api.server.controlUrl ?? ''}/capabilities`;
    const beside = `${new URL(api.server.url).origin}/`;
    for (const [url, status] of [
      [control, 401],
      [beside, 404],
    ] as const) {
      for (const [method, headers] of [
        ['GET', { Origin: origin }],
        ['OPTIONS', preflight],
      ] as const) {
        const reply = await send(method, url, { headers });
        expect([reply.status, corsHeaders(reply.headers)]).toEqual([status, []]);
      }
    }
  });
});

/** The credentials mode of a page's `fetch`. */
type Credentials = 'omit' | 'include';

/** The CORS check of the Fetch standard: whether a page may read a response. */
const maySee = (headers: Headers, page: string, credentials: Credentials): boolean => {
  const allowed = headers.get('access-control-allow-origin');
  if (credentials === 'omit' && allowed === '*') return true;
  if (allowed !== page) return false;
  return credentials === 'omit' || headers.get('access-control-allow-credentials') === 'true';
};

/** Whether a preflight allows a method or header; with credentials, `*` is no wildcard. */
const letsPass = (headers: Headers, kind: string, name: string, mode: Credentials): boolean => {
  const list = listOf(headers, `access-control-allow-${kind}`);
  const isWildcard = mode === 'omit' && list.includes('*') && name !== 'authorization';
  return isWildcard || list.includes(name);
};

describe('A page that sends credentials', () => {
  const api = useTestServer();
  const pages = [
    ...['http://localhost:5173', 'https://preview.example', 'https://a.example:8443', 'null'],
    ...['capacitor://localhost', 'chrome-extension://abcdefghijklmnop'],
  ];
  const modes: Credentials[] = ['omit', 'include'];

  it.each(pages)('from %s may read every response of the API, refusals too', async (page) => {
    const { key } = await api.organization({ rate_limit: { requests: 4, window_seconds: 60 } });
    const statuses: number[] = [];
    for (const [method, path, sent] of [
      ...[['GET', '/flows', key] as const, ['GET', '/flows', undefined] as const],
      ...[['GET', '/nowhere', key] as const, ['POST', '/dossiers', key] as const],
      ...[['DELETE', '/dossiers/x', key] as const, ['GET', '/flows', key] as const],
    ]) {
      const { status, headers } = await api.call(method, path, {
        ...(sent !== undefined && { key: sent }),
        headers: { Origin: page, Cookie: 'session=of-somebody-else' },
      });
      statuses.push(status);
      for (const mode of modes) expect(maySee(headers, page, mode)).toBe(true);
      // A cache must not reuse the response for another page.
      expect(listOf(headers, 'vary')).toContain('origin');
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('access-control-expose-headers')).not.toContain('*');
    }
    expect(statuses).toEqual([200, 401, 404, 400, 404, 429]);
  });

  it.each(pages)('from %s passes the preflight of each operation', async (page) => {
    for (const { method, path } of Object.values(contract.operations)) {
      const { status, headers } = await api.call('OPTIONS', path.replaceAll(/\{\w+\}/g, 'x'), {
        headers: {
          ...{ Origin: page, 'Access-Control-Request-Method': method },
          'Access-Control-Request-Headers': 'authorization,content-type,prefer,x-app',
        },
      });
      expect(status).toBe(204);
      for (const mode of modes) {
        expect(maySee(headers, page, mode)).toBe(true);
        expect(letsPass(headers, 'methods', method.toLowerCase(), mode)).toBe(true);
        for (const name of ['authorization', 'content-type', 'prefer', 'x-app']) {
          expect([name, letsPass(headers, 'headers', name, mode)]).toEqual([name, true]);
        }
      }
      expect(Number(headers.get('access-control-max-age'))).toBe(600);
      expect(listOf(headers, 'vary')).toContain('origin');
    }
  });

  it('gets the same response as one that sends none: cookies are ignored', async () => {
    const { key } = await api.organization();
    const Cookie = `key=${key}; Authorization=Bearer ${key}; session=1`;
    const reply = await api.call('GET', '/flows', { headers: { Origin: origin, Cookie } });
    expectRefusal(reply, 401, 'unauthorized');
    expect(reply.headers.get('www-authenticate') ?? '').not.toMatch(/basic|digest|negotiate/i);
  });
});

describe('A page on the public network', () => {
  const api = useTestServer();
  const ask = { Origin: 'https://preview.example', 'Access-Control-Request-Method': 'GET' };
  const permission = 'access-control-allow-private-network';

  it('may call a server on a private network when its browser asks for that', async () => {
    const asking = { ...ask, 'Access-Control-Request-Private-Network': 'true' };
    const { headers } = await api.call('OPTIONS', '/flows', { headers: asking });
    expect(headers.get(permission)).toBe('true');
    const plain = await api.call('OPTIONS', '/flows', { headers: ask });
    expect(plain.headers.get(permission)).toBeNull();
    const control = `${api.server.controlUrl ?? ''}/capabilities`;
    const refused = await send('OPTIONS', control, { headers: asking });
    expect([refused.status, corsHeaders(refused.headers)]).toEqual([401, []]);
  });
});

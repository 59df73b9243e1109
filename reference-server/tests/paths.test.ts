import { beforeAll, describe, expect, it } from 'vitest';
import { contract, expectRefusal, send, useLab } from './lab.ts';
import { furnish, operations, pathOf, type Furnished } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
let own: Furnished;
beforeAll(async () => {
  own = await furnish(lab, { rate_limit: { requests: 100_000, window_seconds: 60 } });
});

describe('A path', () => {
  const unknown = [
    '',
    '/',
    '/nowhere',
    '/organizations',
    '/dossiers/1/2',
    '/flows/1',
    '/dossiers/1/contacts/2/3',
    '/contacts/1/dossiers',
    '/dossiers%00',
    '/%zz',
    '/dossiers;x=1',
    '/dossiers%2F1',
    '/__proto__',
    '/dossiers/1/contacts%3F',
  ];

  it.each(unknown)(
    'that the contract doesn’t know, such as %j, is not found (LG-ERR-024)',
    async (path) => {
      const reply = await lab.call('GET', path, own);
      expectRefusal(reply, 404, 'not_found', 'There is nothing at this path and method.');
    },
  );

  it.each(operations)('of $id is matched exactly (LG-ERR-026)', async ({ id, method }) => {
    const path = pathOf(id, own);
    const [, first = ''] = path.split('/');
    const others = [
      `${path}/`,
      `/${path}`,
      path.replace(first, first.toUpperCase()),
      path.replace(first, `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`),
      path.replace(`/${first}`, `/${first}//`),
    ];
    for (const other of others) {
      expectRefusal(await lab.call(method, other, own), 404, 'not_found');
    }
  });

  it('outside of the API is not found by anybody, and says where the API is (LG-ERR-024)', async () => {
    const { origin, pathname } = new URL(lab.server.url);
    const paths = ['/', '/favicon.ico', '/api', '/api/v2/dossiers', '/api/v10', '/API/v1/dossiers'];
    for (const path of [...paths, '/control', '/api/v1x/dossiers']) {
      expectRefusal(await send('GET', origin + path), 404, 'not_found', pathname);
      expectRefusal(await send('GET', origin + path, own), 404, 'not_found', pathname);
    }
  });

  it('may be followed by an empty query', async () => {
    expect((await lab.call('GET', '/dossiers?', own)).status).toBe(200);
    expect((await lab.call('GET', '/dossiers?&&', own)).status).toBe(200);
  });
});

describe('A method', () => {
  const templates = [...new Set(operations.map(({ path }) => path))];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'];

  it.each(templates)('that isn’t documented for %s is not found (LG-ERR-025)', async (template) => {
    const there = operations.filter(({ path }) => path === template);
    const path = pathOf(there[0]?.id ?? 'listFlows', own);
    const before = await portrait(lab, own.key);
    for (const method of methods) {
      if (there.some((operation) => operation.method === method)) continue;
      const reply = await lab.call(method, path, own);
      expectRefusal(reply, 404, 'not_found', 'There is nothing at this path and method.');
    }
    expect(await portrait(lab, own.key)).toEqual(before);
  });

  it('such as HEAD is answered as 404 without a body, as HTTP wants it (LG-ERR-025)', async () => {
    const reply = await lab.call('HEAD', '/dossiers', own);
    expect([reply.status, reply.text]).toEqual([404, '']);
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.headers.get('x-ratelimit-limit')).not.toBeNull();
  });

  it('can’t be put in place of the one that was sent', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'X-HTTP-Method': 'DELETE' };
    const path = `/contacts/${own.free}`;
    const replies = [
      await lab.call('POST', `${path}?_method=DELETE`, { key: own.key, headers }),
      await lab.call('GET', path, { key: own.key, headers }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 200]);
  });
});

describe('The contract', () => {
  it('is served whole: eighteen operations at ten paths', () => {
    expect(operations).toHaveLength(18);
    expect(new Set(operations.map(({ path }) => path)).size).toBe(10);
    expect(new URL(contract.productionUrl).pathname).toBe(new URL(lab.server.url).pathname);
  });
});

import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { contract, expectRefusal, send, useTestServer, type RequestInput } from './test-server.ts';
import { createSampleData, operations, pathOf, type SampleOrganization } from './operations.ts';

const api = useTestServer();
let own: SampleOrganization;
beforeAll(async () => {
  own = await createSampleData(api, { rate_limit: { requests: 100_000, window_seconds: 60 } });
});
const total = async (path: string): Promise<number> =>
  (await api.call<unknown[]>('GET', path, own)).body.meta.total;

describe('A path', () => {
  const unknown = ['', '/', '/dossiers%00', '/%zz', '/dossiers;x=1', '/dossiers%2F1', '/__proto__'];

  it.each(unknown)('%j below the base path is not found', async (path) => {
    const reply = await api.call('GET', path, own);
    expectRefusal(reply, 404, 'not_found', 'There is no operation at this path and method.');
  });

  it.each(operations)('of $id is not found with slashes or escapes added', async (operation) => {
    const path = pathOf(operation.id, own);
    const [, first = ''] = path.split('/');
    const escaped = `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`;
    const others = [
      `/${path}`,
      path.replace(first, escaped),
      path.replace(`/${first}`, `/${first}//`),
    ];
    for (const other of others) {
      expectRefusal(await api.call(operation.method, other, own), 404, 'not_found');
    }
  });

  it('outside of the API is not found, and the message names the base path of the API', async () => {
    const { origin, pathname } = new URL(api.server.url);
    const paths = ['/', '/favicon.ico', '/api', '/api/v2/dossiers', '/api/v10', '/API/v1/dossiers'];
    for (const path of [...paths, '/control', '/api/v1x/dossiers']) {
      expectRefusal(await send('GET', origin + path), 404, 'not_found', pathname);
      expectRefusal(await send('GET', origin + path, own), 404, 'not_found', pathname);
    }
  });
});

describe('A method', () => {
  it.each(['OPTIONS', 'PROPFIND', 'QUERY'])('such as %s is not found', async (method) => {
    const reply = await api.call(method, '/dossiers', own);
    expectRefusal(reply, 404, 'not_found', 'There is no operation at this path and method.');
  });

  it('such as HEAD gets a 404 without a body, as HTTP requires', async () => {
    const reply = await api.call('HEAD', '/dossiers', own);
    expect([reply.status, reply.text]).toEqual([404, '']);
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.headers.get('x-ratelimit-limit')).not.toBeNull();
  });

  it('cannot be overridden by a header or a parameter', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'X-HTTP-Method': 'DELETE' };
    const path = `/contacts/${own.free}`;
    const replies = [
      await api.call('POST', `${path}?_method=DELETE`, { key: own.key, headers }),
      await api.call('GET', path, { key: own.key, headers }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 200]);
  });
});

describe('A query', () => {
  it.each(['', '&&', '=&&%zz=%', '__proto__=1&constructor=2', 'type[]=x', 'Page=0'])(
    'of %j changes nothing',
    async (query) => {
      expect(await total(`/dossiers?${query}`)).toBe(1);
    },
  );

  it('has + and %20 as a space, and %2B as a plus', async () => {
    const searches = ['Sophie+van+Dijk', 'Sophie%20van', 'Sophie%2Bvan'];
    const totals = await Promise.all(searches.map((text) => total(`/contacts?search=${text}`)));
    expect(totals).toEqual([1, 1, 0]);
  });

  it.each(['1.0', ' 1', '%2B1', '1%20', '１', '٣', '-0', 'NaN', '1%00', '1,000'])(
    'has no page number that is written %j',
    async (text) => {
      for (const name of ['page', 'per_page']) {
        const reply = await api.call('GET', `/dossiers?${name}=${text}`, own);
        expectRefusal(reply, 400, 'invalid_body', `${name} must be`);
      }
    },
  );

  it('may have zeros before a page number', async () => {
    expect(await total('/dossiers?page=001')).toBe(1);
  });

  it.each(['sales%00', 'sales,sales', '%F0', '%20sales', 'sales%20'])(
    'has no type that is written %j',
    async (text) => {
      const reply = await api.call('GET', `/dossiers?type=${text}`, own);
      expectRefusal(reply, 400, 'invalid_body', 'type must be one of candidate, sales.');
    },
  );
});

const post = (body: RequestInput['body'], headers: Record<string, string> = {}) =>
  api.call<Schemas['Contact']>('POST', '/contacts', {
    ...{ key: own.key, body },
    headers: { 'Content-Type': 'application/json', ...headers },
  });

describe('A body of JSON', () => {
  const packed = { 'Content-Encoding': 'gzip' };

  it('may be compressed; the limit is for its decompressed size', async () => {
    expect((await post(gzipSync('{"full_name":"Packed"}'), packed)).status).toBe(201);
    const bomb = await post(gzipSync(' '.repeat(contract.jsonBodyLimit + 1)), packed);
    expectRefusal(bomb, 400, 'invalid_body', /larger than/);
  });

  it('is refused when it cannot be decompressed', async () => {
    for (const body of ['no gzip', gzipSync('{"full_name":"Packed"}').subarray(0, 9)]) {
      expectRefusal(await post(body, packed), 400, 'invalid_body', /cannot be read/);
    }
    // The last ones are names that every object has.
    for (const name of ['rot13', 'constructor', '__proto__']) {
      const odd = await post('{"full_name":"A"}', { 'Content-Encoding': name });
      expectRefusal(odd, 400, 'invalid_body', /cannot be read/);
    }
  });

  it('may begin with a byte order mark', async () => {
    expect((await post('\ufeff{"full_name":"A"}')).status).toBe(201);
  });

  it('with a duplicate field has its last value', async () => {
    const { body } = await post('{"full_name":"A","full_name":"B"}');
    expect(body.data.full_name).toBe('B');
  });

  it('may have fields with names that every object has, which are ignored', async () => {
    const only = await post('{"__proto__":{"full_name":"A"}}');
    expectRefusal(only, 400, 'invalid_body', 'full_name is required.');
    const odd = '{"full_name":"A","__proto__":{"city":"B"},"constructor":1,"toString":null}';
    const { status, body } = await post(odd);
    expect([status, body.data]).toMatchObject([201, { full_name: 'A', city: null }]);
  });

  it('keeps a lone surrogate', async () => {
    const { body } = await post('{"full_name":"\\ud83d"}');
    expect(body.data.full_name).toBe('\ud83d');
  });

  it('is read by its media type in any case', async () => {
    const reply = await post('{"full_name":"A"}', { 'Content-Type': 'Application/JSON; a=b' });
    expect(reply.status).toBe(201);
  });
});

import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Pointer, schemaAt } from '../../openapi/contract.ts';
import { readPreferences } from '../playground/prefer-header.ts';
import { frozenClock } from './frozen-clock.ts';
import { contract, type Dossier, expectRefusal, useTestServer } from './test-server.ts';

describe('A preferred response', () => {
  const api = useTestServer();
  const prefer = (value: string) => ({ headers: { Prefer: value } });

  for (const { id, method, path, responses } of Object.values(contract.operations)) {
    it(`can be any that the contract has for ${id}`, async () => {
      for (const { status, headers, content } of Object.values(responses)) {
        const reply = await api.call(
          method,
          path.replaceAll(/\{\w+\}/g, 'x'),
          prefer(`code=${status}`),
        );
        expect(reply.status).toBe(status);
        expect(reply.body).toEqual(Object.values(content['application/json']?.examples ?? {})[0]);
        expect(reply.headers.get('preference-applied')).toBe(`code=${status}`);
        for (const [name, { schema }] of Object.entries(headers)) {
          const header = schemaAt(contract, schema.replace('/schema', '') as Pointer);
          expect(reply.headers.get(name)).toBe(String(header['example']));
        }
      }
    });
  }

  it('changes no data, and does not count towards the rate limit', async () => {
    const { key } = await api.organization();
    const json = { type: 'sales', name: 'KLM' };
    const reply = await api.call('POST', '/dossiers', { key, json, ...prefer('code=201') });
    expect(reply.status).toBe(201);
    const list = await api.call<Dossier[]>('GET', '/dossiers', { key });
    expect(list.body.meta.total).toBe(0);
    const limit = Number(list.headers.get('x-ratelimit-limit'));
    expect(list.headers.get('x-ratelimit-remaining')).toBe(String(limit - 1));
  });

  it('is refused where the contract lacks it, with the ones that it has', async () => {
    for (const code of ['418', '', '4xx', '0429', '429.0', '-1', 'NaN']) {
      const reply = await api.call('GET', '/flows', prefer(`code=${code}`));
      const known = Object.keys(contract.operations.listFlows.responses).join(', ');
      expectRefusal(reply, 400, 'invalid_body', `code must be a status of listFlows: ${known}.`);
      expect(reply.headers.get('x-ratelimit-limit')).not.toBeNull();
    }
    // An operation without a documented 400.
    expectRefusal(await api.call('GET', '/dossiers/x', prefer('code=409')), 400, 'invalid_body');
  });

  it('is refused at unknown paths', async () => {
    expectRefusal(
      await api.call('GET', '/nowhere', prefer('code=200')),
      404,
      'not_found',
      'prefer',
    );
    expectRefusal(await api.call('PUT', '/flows', prefer('code=200')), 404, 'not_found', 'prefer');
  });

  it('is not changed by other preferences', async () => {
    const { key } = await api.organization();
    for (const value of ['return=minimal', 'respond-async, wait=10', 'x; code=429', '']) {
      const reply = await api.call('GET', '/flows', { key, ...prefer(value) });
      expect([reply.status, reply.headers.get('preference-applied')]).toEqual([200, null]);
    }
  });

  it('is ignored by the control API', async () => {
    const url = `${api.server.controlUrl ?? ''}/capabilities`;
    expect((await fetch(url, prefer('code=429'))).status).toBe(200);
  });

  it('applies to pages of other origins, which may read that it did', async () => {
    const headers = { Prefer: 'code=429', Origin: 'http://localhost:5173' };
    const reply = await api.call('GET', '/flows', { headers });
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
      429,
      headers.Origin,
    ]);
    expect(reply.headers.get('access-control-expose-headers')).toContain('Preference-Applied');
  });
});

describe('A wait', () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const api = useTestServer({}, { ...frozenClock(), log });

  /** Whether a request gets its response before and after the clock moves, and the response. */
  const hold = async (seconds: number, path: string, headers: Record<string, string>) => {
    let answered = false;
    const reply = api.call('GET', path, { headers }).then((made) => {
      answered = true;
      return made;
    });
    // A response without a delay arrives before these.
    for (let round = 0; round < 5; round += 1) await api.control('GET', '/clock');
    const before = answered;
    await api.control('PUT', '/clock', { advance_seconds: seconds });
    return { before, reply: await reply };
  };

  it('has the length that the request prefers', async () => {
    for (const value of ['delay=3000', 'DELAY = "3000"; x, delay=0', 'return=minimal,delay=3000']) {
      const { before, reply } = await hold(3, '/flows', { Prefer: value });
      expect([before, reply.status]).toEqual([false, 401]);
      expect(reply.headers.get('preference-applied')).toBe('delay=3000');
    }
  });

  it('can be combined with a response', async () => {
    for (const value of ['code=429, delay=3000', 'delay=3000, foo, code=429']) {
      const { before, reply } = await hold(3, '/flows', { Prefer: value });
      expect([before, reply.status]).toEqual([false, 429]);
      expect(reply.headers.get('preference-applied')).toBe('code=429, delay=3000');
    }
  });

  it('is read from a second Prefer header too', async () => {
    const status = new Promise((resolve, reject) => {
      const headers = { Prefer: ['delay=0', 'code=429'] };
      const sent = request(`${api.server.url}/flows`, { headers }, (response) => {
        resolve([response.resume().statusCode, response.headers['preference-applied']]);
      });
      sent.once('error', reject).end();
    });
    expect(await status).toEqual([429, 'code=429, delay=0']);
  });

  it('applies to unknown paths too', async () => {
    const { before, reply } = await hold(3, '/nowhere', { Prefer: 'delay=3000' });
    expect([before, reply.status]).toEqual([false, 401]);
  });

  it('is refused when it is not a number of milliseconds, or too large', async () => {
    for (const value of ['', 'soon', '-1', '1.5', '60001', '1e3']) {
      const reply = await api.call('GET', '/flows', { headers: { Prefer: `delay=${value}` } });
      expectRefusal(reply, 400, 'invalid_body', 'from 0 to 60000');
    }
  });

  it('cancels the request if the client disconnects', async () => {
    const { key } = await api.organization();
    const leaving = new AbortController();
    const sent = fetch(`${api.server.url}/contacts`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, Prefer: 'delay=3000' },
      signal: leaving.signal,
    });
    await api.control('GET', '/clock');
    leaving.abort();
    await expect(sent).rejects.toThrow('abort');
    while (!lines.some((line) => line.includes('/contacts'))) await api.control('GET', '/clock');
    expect(lines.find((line) => line.includes('/contacts'))).toContain(' gone ');
    await api.control('PUT', '/clock', { advance_seconds: 3 });
    // A request that was handled would have been counted.
    const { headers } = await api.call('GET', '/contacts', { key });
    const limit = Number(headers.get('x-ratelimit-limit'));
    expect(headers.get('x-ratelimit-remaining')).toBe(String(limit - 1));
  });
});

describe('A server with a delay', () => {
  const api = useTestServer({ delay: 3000 }, frozenClock());

  it('delays every response of the API, but not of the control API', async () => {
    for (const headers of [{}, { Prefer: 'code=200' }, { Origin: 'http://localhost:5173' }]) {
      let answered = false;
      const sent = api.call('GET', '/flows', { headers }).finally(() => (answered = true));
      for (let round = 0; round < 5; round += 1) await api.control('GET', '/clock');
      expect(answered).toBe(false);
      await api.control('PUT', '/clock', { advance_seconds: 3 });
      expect([200, 401]).toContain((await sent).status);
    }
  });

  it('lets a request prefer another wait, and does not delay preflights', async () => {
    expect((await api.call('GET', '/flows', { headers: { Prefer: 'delay=0' } })).status).toBe(401);
    const headers = { Origin: 'http://a.example', 'Access-Control-Request-Method': 'GET' };
    expect((await api.call('OPTIONS', '/flows', { headers })).status).toBe(204);
  });
});

describe('The Prefer header', () => {
  const read = (header: string) => Object.fromEntries(readPreferences(header));

  it('is read as RFC 7240 defines it', () => {
    expect(read('code=429')).toEqual({ code: '429' });
    expect(read('Code = 429 , delay="500"')).toEqual({ code: '429', delay: '500' });
    expect(read('code=429; foo="a, code=1", delay=2')).toEqual({ code: '429', delay: '2' });
    expect(read('foo="a\\"b, c;d", bar')).toEqual({ foo: 'a"b, c;d', bar: '' });
    expect(read('code=1, code=2')).toEqual({ code: '1' });
    expect(read('foo=""')).toEqual({ foo: '' });
  });

  it('is ignored where it is invalid', () => {
    expect(read('')).toEqual({});
    expect(read(',; ,=,"')).toEqual({});
    expect(read('"'.repeat(9999)).code).toBeUndefined();
  });
});

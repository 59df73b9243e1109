import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useTestServer, type Reply } from './test-server.ts';
import { frozenClock } from './frozen-clock.ts';

const api = useTestServer({}, frozenClock());
const list = (key: string) => api.call('GET', '/dossiers', { key });
const wait = (advance_seconds: number) => api.control('PUT', '/clock', { advance_seconds });

describe('A key', () => {
  it('is random', async () => {
    const { id, key } = await api.organization();
    const another = await api.newKey(id, { scopes: [] });
    for (const one of [key, another]) expect(one).toMatch(/^lg_live_[\w-]{24,}$/);
    expect(another).not.toBe(key);
  });

  it('is stored as its hash alone (LG-AUT-016)', async () => {
    const { key } = await api.organization();
    const secret = key.slice(contract.keyPrefix.length);
    expect(JSON.stringify([...api.state.keys.rows])).not.toContain(secret);
  });

  it('may follow several blanks', async () => {
    const { key } = await api.organization();
    const headers = { Authorization: `Bearer   ${key}` };
    expect((await api.call('GET', '/dossiers', { headers })).status).toBe(200);
  });

  it.each(['', 'Bearer', 'Bearer ', 'KEY', 'Bearer KEY x', 'Bearer:KEY', 'Bearer KEY,KEY'])(
    'is not read from the header "%s"',
    async (header) => {
      const { key } = await api.organization();
      const headers = { Authorization: header.replaceAll('KEY', key) };
      expectRefusal(await api.call('GET', '/dossiers', { headers }), 401, 'unauthorized');
    },
  );

  it('is unknown once its organisation is deleted', async () => {
    const { id, key } = await api.organization();
    expect((await list(key)).status).toBe(200);
    expect((await api.control('DELETE', `/organizations/${id}`)).status).toBe(204);
    expectRefusal(await list(key), 401, 'unauthorized', 'not known');
  });

  it('expires exactly at its time, to the millisecond', async () => {
    const { id } = await api.organization();
    const clock = await api.control<{ now: string }>('GET', '/clock');
    const expires_at = new Date(Date.parse(clock.body.data.now) + 100_000).toISOString();
    const key = await api.newKey(id, { scopes: contract.scopes, expires_at });
    await wait(99.999);
    expect((await list(key)).status).toBe(200);
    await wait(0.001);
    expectRefusal(await list(key), 401, 'unauthorized', 'expired');
  });

  it('expires at the same time in any UTC offset', async () => {
    const { id } = await api.organization();
    const clock = await api.control<{ now: string }>('GET', '/clock');
    const hourLater = new Date(Date.parse(clock.body.data.now) + 3_600_000).toISOString();
    const at = (offset: string) =>
      api.newKey(id, {
        scopes: contract.scopes,
        expires_at: `${hourLater.slice(0, 19)}${offset}`,
      });
    expect((await list(await at('-02:00'))).status).toBe(200);
    expectRefusal(await list(await at('+02:00')), 401, 'unauthorized', 'expired');
  });
});

describe('The rate limit', () => {
  const rate = (requests: number, window_seconds: number) => ({
    rate_limit: { requests, window_seconds },
  });
  const figures = ({ headers }: Reply<unknown>) =>
    ['x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) => Number(headers.get(name)));

  it('says in the message and in Retry-After when the window ends', async () => {
    const { key } = await api.organization(rate(2, 30));
    for (let sent = 0; sent < 2; sent += 1) expect((await list(key)).status).toBe(200);
    for (const left of ['30', '29', '28']) {
      const refused = await list(key);
      expectRefusal(refused, 429, 'rate_limited', /^All 2 requests/);
      expectRefusal(refused, 429, 'rate_limited', `Try again in ${left} seconds.`);
      expect(refused.headers.get('retry-after')).toBe(left);
      await wait(1);
    }
  });

  it.each([0.5, 0.9, 1, 1.1, 7.25])('rounds %d seconds up to whole ones', async (length) => {
    const { key } = await api.organization(rate(1, length));
    await list(key);
    const refused = await list(key);
    expectRefusal(refused, 429, 'rate_limited', length > 1 ? /seconds\.$/ : /1 second\.$/);
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(length)));
  });

  it('ends its window to the millisecond', async () => {
    const { key } = await api.organization(rate(1, 30));
    await list(key);
    await wait(29.999);
    expectRefusal(await list(key), 429, 'rate_limited');
    await wait(0.001);
    expect(figures(await list(key))).toEqual([1, 0]);
  });

  it('opens a window with the first request after the last one ended, not by the minute', async () => {
    const { key } = await api.organization(rate(1, 10));
    await list(key);
    await wait(1000.5);
    expect((await list(key)).status).toBe(200);
    expect((await list(key)).headers.get('retry-after')).toBe('10');
  });

  it('can be changed, which opens a new window', async () => {
    const { id, key } = await api.organization(rate(1, 60));
    await list(key);
    expectRefusal(await list(key), 429, 'rate_limited');
    const path = `/organizations/${id}/rate-limit`;
    expect((await api.control('PUT', path, rate(3, 60).rate_limit)).status).toBe(204);
    expect(figures(await list(key))).toEqual([3, 2]);
  });
});

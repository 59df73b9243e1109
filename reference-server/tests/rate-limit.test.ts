import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useLab, type Reply } from './lab.ts';

const lab = useLab();
const figures = (reply: Reply<unknown>) => [
  Number(reply.headers.get('x-ratelimit-limit')),
  Number(reply.headers.get('x-ratelimit-remaining')),
];
const growth = contract.plans['growth']?.rateLimit;
const limit = growth?.requests ?? NaN;
const rate = (requests: number, window_seconds = 60) => ({
  rate_limit: { requests, window_seconds },
});

describe('The rate limit', () => {
  it('is the plan’s, and every request of the organisation spends one, refused ones too', async () => {
    const { id, key } = await lab.organization();
    const another = await lab.newKey(id, { scopes: [] });
    const requests: [string, string, string][] = [
      ['GET', '/dossiers', key],
      ['GET', '/dossiers/1', key],
      ['GET', '/nowhere', key],
      ['POST', '/dossiers', key],
      ['GET', '/dossiers?page=0', key],
      ['GET', '/dossiers', another],
    ];
    for (const [index, [method, path, sender]] of requests.entries()) {
      const reply = await lab.call(method, path, { key: sender });
      expect(figures(reply)).toEqual([limit, limit - 1 - index]);
    }
  });

  it('shows whole windows to callers without an organisation or without access', async () => {
    const free = await lab.organization({ plan: 'free' });
    for (const sending of [{}, { key: 'x' }, { key: free.key }]) {
      const reply = await lab.call('GET', '/dossiers', sending);
      expect(figures(reply)).toEqual([limit, limit]);
    }
  });

  it('refuses the request after the last, and lets it in when the window is over', async () => {
    const { key } = await lab.organization(rate(2, 30));
    const list = () => lab.call('GET', '/dossiers', { key });
    expect([await list(), await list()].map(figures)).toEqual([
      [2, 1],
      [2, 0],
    ]);
    const refused = await list();
    expectRefusal(refused, 429, 'rate_limited');
    expect(figures(refused)).toEqual([2, 0]);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(29);
    expect(wait).toBeLessThanOrEqual(30);
    await lab.control('PUT', '/clock', { advance_seconds: wait });
    expect(figures(await list())).toEqual([2, 1]);
  });

  it('does not count what it refuses, so that retries do not put the end off', async () => {
    const { key } = await lab.organization(rate(1, 10));
    const list = () => lab.call('GET', '/dossiers', { key });
    expect((await list()).status).toBe(200);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expectRefusal(await list(), 429, 'rate_limited');
      await lab.control('PUT', '/clock', { advance_seconds: 1 });
    }
    await lab.control('PUT', '/clock', { advance_seconds: 5 });
    expect((await list()).status).toBe(200);
  });

  it('asks to wait a second at least', async () => {
    const { key } = await lab.organization(rate(1, 0.5));
    const [first, second] = await Promise.all([
      lab.call('GET', '/dossiers', { key }),
      lab.call('GET', '/dossiers', { key }),
    ]);
    const refused = first.status === 429 ? first : second;
    expectRefusal(refused, 429, 'rate_limited');
    expect(refused.headers.get('retry-after')).toBe('1');
  });

  it('comes before the scope, and a refused request has no effect', async () => {
    const { id, key } = await lab.organization(rate(1));
    const powerless = await lab.newKey(id, { scopes: [] });
    expectRefusal(await lab.call('GET', '/dossiers', { key: powerless }), 403, 'forbidden');
    expectRefusal(await lab.call('GET', '/dossiers', { key: powerless }), 429, 'rate_limited');
    const json = { type: 'candidate', name: 'Sophie' };
    expectRefusal(await lab.call('POST', '/dossiers', { key, json }), 429, 'rate_limited');
    await lab.control('PUT', `/organizations/${id}/rate-limit`, rate(9).rate_limit);
    expect((await lab.call('GET', '/dossiers', { key })).body.meta.total).toBe(0);
  });

  it('of one organisation leaves the others alone', async () => {
    const poor = await lab.organization(rate(1));
    const rich = await lab.organization(rate(5));
    await lab.call('GET', '/dossiers', poor);
    expectRefusal(await lab.call('GET', '/dossiers', poor), 429, 'rate_limited');
    expect(figures(await lab.call('GET', '/dossiers', rich))).toEqual([5, 4]);
  });

  it('can be set anew, which opens a new window', async () => {
    const { id, key } = await lab.organization(rate(1));
    await lab.call('GET', '/dossiers', { key });
    expectRefusal(await lab.call('GET', '/dossiers', { key }), 429, 'rate_limited');
    const set = await lab.control('PUT', `/organizations/${id}/rate-limit`, rate(3).rate_limit);
    expect(set.status).toBe(204);
    expect(figures(await lab.call('GET', '/dossiers', { key }))).toEqual([3, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useLab, type Reply } from './lab.ts';
import { ask, furnish, writes } from './operations.ts';
import { portrait } from './portrait.ts';
import { stillTime } from './still-time.ts';

const lab = useLab({}, stillTime());
const figures = (reply: Reply<unknown>) => [
  Number(reply.headers.get('x-ratelimit-limit')),
  Number(reply.headers.get('x-ratelimit-remaining')),
];
const rate = (requests: number, window_seconds = 60) => ({
  rate_limit: { requests, window_seconds },
});
const list = (sending: { key: string }) => lab.call('GET', '/dossiers', sending);
const wait = (advance_seconds: number) => lab.control('PUT', '/clock', { advance_seconds });
const setLimit = (id: string, requests: number) =>
  lab.control('PUT', `/organizations/${id}/rate-limit`, rate(requests).rate_limit);

/** Sends so many requests, some of them at once. */
const many = async (count: number, send: () => Promise<Reply<unknown>>) => {
  const replies: Reply<unknown>[] = [];
  while (replies.length < count) {
    const batch = Array.from({ length: Math.min(30, count - replies.length) }, send);
    replies.push(...(await Promise.all(batch)));
  }
  return replies;
};

describe('The rate limit', () => {
  it('of the Growth plan is 600 requests in each window of 60 seconds (LG-LIM-008)', async () => {
    const own = await lab.organization();
    const replies = await many(600, () => list(own));
    const left = replies.map((reply) => figures(reply)[1] ?? NaN).sort((a, b) => a - b);
    expect(left).toEqual(Array.from({ length: 600 }, (_, index) => index));
    await wait(59.999);
    expectRefusal(await list(own), 429, 'rate_limited', 'All 600 requests');
    await wait(0.001);
    expect(figures(await list(own))).toEqual([600, 599]);
  });

  it('refuses the request after the last, and every one until the window ends (LG-LIM-001, LG-LIM-002)', async () => {
    const own = await lab.organization(rate(2, 30));
    expect([await list(own), await list(own)].map(({ status }) => status)).toEqual([200, 200]);
    for (const left of ['30', '29', '28']) {
      const refused = await list(own);
      expectRefusal(refused, 429, 'rate_limited', `Try again in ${left} seconds.`);
      expect(refused.headers.get('retry-after')).toBe(left);
      await wait(1);
    }
  });

  it('lets requests in again after Retry-After, and not before (LG-LIM-003)', async () => {
    const own = await lab.organization(rate(1, 30));
    await list(own);
    await wait(12.5);
    const seconds = Number((await list(own)).headers.get('retry-after'));
    await wait(seconds - 1);
    expectRefusal(await list(own), 429, 'rate_limited');
    await wait(1);
    expect((await list(own)).status).toBe(200);
  });

  it.each([0.5, 0.9, 1, 1.1, 7.25])(
    'of %d seconds is told in whole ones, at least 1 (LG-LIM-004, LG-LIM-021)',
    async (length) => {
      const own = await lab.organization(rate(1, length));
      await list(own);
      const refused = await list(own);
      expectRefusal(refused, 429, 'rate_limited', length > 1 ? /seconds\.$/ : /1 second\.$/);
      expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(length)));
    },
  );

  it('lets exactly as many in as it says when they come at once (LG-LIM-001, LG-LIM-013)', async () => {
    const own = await lab.organization(rate(7));
    const replies = await Promise.all(Array.from({ length: 20 }, () => list(own)));
    const served = replies.filter(({ status }) => status === 200);
    const left = served.map((reply) => figures(reply)[1] ?? NaN);
    expect(left.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(13);
  });

  it('of one organisation leaves the others alone (LG-LIM-006)', async () => {
    const [poor, rich] = [await lab.organization(rate(1)), await lab.organization(rate(5))];
    await list(poor);
    expectRefusal(await list(poor), 429, 'rate_limited');
    expect(figures(await list(rich))).toEqual([5, 4]);
    expectRefusal(await list(poor), 429, 'rate_limited');
    expect(figures(await list(rich))).toEqual([5, 3]);
  });

  it('is one for all keys of an organisation (LG-LIM-007)', async () => {
    const own = await lab.organization(rate(2));
    const second = { key: await lab.newKey(own.id, { scopes: contract.scopes }) };
    const third = { key: await lab.newKey(own.id, { scopes: contract.scopes }) };
    expect(figures(await list(own))).toEqual([2, 1]);
    expect(figures(await list(second))).toEqual([2, 0]);
    expectRefusal(await list(third), 429, 'rate_limited');
  });

  it('opens a window with the first request after the last one ended, not by the minute', async () => {
    const own = await lab.organization(rate(1, 10));
    await list(own);
    await wait(1000.5);
    expect((await list(own)).status).toBe(200);
    expect((await list(own)).headers.get('retry-after')).toBe('10');
  });

  it('can be set anew, which opens a new window', async () => {
    const own = await lab.organization(rate(1));
    await list(own);
    expectRefusal(await list(own), 429, 'rate_limited');
    expect((await setLimit(own.id, 3)).status).toBe(204);
    expect(figures(await list(own))).toEqual([3, 2]);
  });
});

describe('A request beyond the rate limit', () => {
  it.each(writes)('has no effect as $id (LG-LIM-005)', async ({ id, success }) => {
    const own = await furnish(lab);
    const before = await portrait(lab, own.key);
    await setLimit(own.id, 1);
    await list(own);
    expectRefusal(await ask(lab, id, own, own), 429, 'rate_limited');
    await setLimit(own.id, 600);
    expect(await portrait(lab, own.key)).toEqual(before);
    expect((await ask(lab, id, own, own)).status).toBe(success);
  });

  it('isn’t counted, so that retries don’t put the end off (LG-LIM-018)', async () => {
    const own = await lab.organization(rate(1, 10));
    await list(own);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expectRefusal(await list(own), 429, 'rate_limited');
      await wait(1);
    }
    expect((await list(own)).status).toBe(200);
  });
});

describe('A caller without access', () => {
  it('is never told to wait (LG-LIM-019)', async () => {
    const own = await lab.organization(rate(1));
    const expires_at = '2026-01-01T00:00:00Z';
    const expired = await lab.newKey(own.id, { scopes: contract.scopes, expires_at });
    const free = await lab.organization({ plan: 'free', ...rate(1) });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expectRefusal(await list({ key: expired }), 401, 'unauthorized');
      expectRefusal(await list(free), 402, 'plan_required');
    }
    const strangers = await many(610, () => lab.call('GET', '/dossiers'));
    expect(new Set(strangers.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await list(own)).status).toBe(200);
  });
});

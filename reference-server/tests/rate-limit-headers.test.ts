import { describe, expect, it } from 'vitest';
import { contract, useLab, type Reply } from './lab.ts';
import { ask, furnish, operations } from './operations.ts';
import { provocations } from './provocations.ts';
import { stillTime } from './still-time.ts';

const lab = useLab({}, stillTime());
const limitOf = ({ headers }: Reply<unknown>) => headers.get('x-ratelimit-limit');
const remainingOf = ({ headers }: Reply<unknown>) => headers.get('x-ratelimit-remaining');
const known = provocations.filter(({ status }) => ![401, 402].includes(status));
const counted = provocations.filter(({ status }) => ![401, 402, 429].includes(status));

describe('The rate-limit headers', () => {
  it.each(operations)(
    'tell limit and rest with the success of $id, which costs one (LG-LIM-009, LG-LIM-010, LG-LIM-015)',
    async ({ id, success }) => {
      const own = await furnish(lab, { rate_limit: { requests: 50, window_seconds: 60 } });
      const before = Number(remainingOf(await ask(lab, 'listFlows', own, own)));
      const reply = await ask(lab, id, own, own);
      expect([reply.status, limitOf(reply), remainingOf(reply)]).toEqual([
        success,
        '50',
        String(before - 1),
      ]);
    },
  );

  it.each(known)(
    'come with the refusal of $title, and are whole numbers in bounds (LG-LIM-011, LG-LIM-012, LG-LIM-016)',
    async ({ status, provoke }) => {
      const reply = await provoke(lab, await furnish(lab));
      expect(reply.status).toBe(status);
      expect(limitOf(reply)).toMatch(/^[1-9]\d*$/);
      expect(remainingOf(reply)).toMatch(/^(0|[1-9]\d*)$/);
      expect(Number(remainingOf(reply))).toBeLessThanOrEqual(Number(limitOf(reply)));
    },
  );

  it.each(counted)(
    'go down by one with the refusal of $title (LG-LIM-018)',
    async ({ provoke }) => {
      const own = await furnish(lab);
      const before = Number(remainingOf(await ask(lab, 'listFlows', own, own)));
      const refused = await provoke(lab, own);
      expect([limitOf(refused), remainingOf(refused)]).toEqual(['600', String(before - 1)]);
      const after = await ask(lab, 'listFlows', own, own);
      expect(remainingOf(after)).toBe(String(before - 2));
    },
  );

  it('fall to 0 before the first refusal, which never comes sooner (LG-LIM-012, LG-LIM-013, LG-LIM-014)', async () => {
    const own = await lab.organization({ rate_limit: { requests: 5, window_seconds: 60 } });
    const seen: [number, string | null][] = [];
    while (seen.at(-1)?.[0] !== 429) {
      const reply = await lab.call('GET', '/contacts', own);
      seen.push([reply.status, remainingOf(reply)]);
    }
    expect(seen.slice(0, -1)).toEqual(['4', '3', '2', '1', '0'].map((left) => [200, left]));
  });

  it.each([1, 2, 7, 600])(
    'show a limit of %d as it was set, and count down from there (LG-LIM-022, LG-LIM-023)',
    async (requests) => {
      const own = await lab.organization({ rate_limit: { requests, window_seconds: 60 } });
      const reply = await lab.call('GET', '/contacts', own);
      expect([limitOf(reply), remainingOf(reply)]).toEqual([String(requests), `${requests - 1}`]);
    },
  );

  it('say that nothing is left with a request too many (LG-LIM-020)', async () => {
    const own = await lab.organization({ rate_limit: { requests: 1, window_seconds: 60 } });
    await lab.call('GET', '/contacts', own);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const reply = await lab.call('GET', '/contacts', own);
      expect([reply.status, limitOf(reply), remainingOf(reply)]).toEqual([429, '1', '0']);
    }
  });

  it('are not there for callers without access, who have no limit (LG-LIM-024)', async () => {
    const rate_limit = { requests: 3, window_seconds: 60 };
    const own = await lab.organization({ rate_limit });
    await lab.call('GET', '/contacts', own);
    const free = await lab.organization({ plan: 'free', rate_limit });
    const expires_at = '2026-01-01T00:00:00Z';
    const expired = await lab.newKey(own.id, { scopes: contract.scopes, expires_at });
    for (const sending of [{}, { key: 'x' }, { key: expired }, free]) {
      const reply = await lab.call('GET', '/contacts', sending);
      expect([401, 402]).toContain(reply.status);
      expect([limitOf(reply), remainingOf(reply)]).toEqual([null, null]);
    }
  });
});

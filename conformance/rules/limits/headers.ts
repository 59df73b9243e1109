import {
  costliest,
  exhaustRateLimit,
  remainingOf,
  tooCostly,
} from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onAnswer } from '../../faults/inject.ts';
import type { Exchange } from '../../http/exchange.ts';
import { readRetryAfter } from '../../http/pacing.ts';

/** A second limit, such as one for bursts, may refuse earlier, and lets in again sooner (LG-LIM-013). */
const longestBurst = 300;

/** Whether the refusal, by its own Retry-After, lasts longer than one for bursts. */
const isLasting = ({ response: { headers }, startedAt }: Exchange): boolean => {
  const { 'retry-after': value = '', date } = headers;
  return (readRetryAfter(value, date, startedAt) ?? 0) > longestBurst;
};

/** The most that one of the requests used up: the first is compared with the limit. */
const costOf = (limit: number, remaining: readonly number[]): number =>
  Math.max(1, limit - (remaining[0] ?? 0), costliest(remaining) ?? 0);

const shownLimit = defineRule({
  id: 'limits/shown-limit',
  level: 'MUST',
  verifies: ['LG-LIM-022'],
  sentence: 'X-RateLimit-Limit shows the limit that was set, and requests are let in up to there.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    let seen = 0;
    // So few that no second limit is lower; two of them, so that it isn't always the same number.
    for (const limit of [4, 3]) {
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      const { served, refusal } = await exhaustRateLimit(org, client, limit, [3_600, 3_600]);
      for (const exchange of served) {
        expect.success(exchange);
        const { 'x-ratelimit-limit': shown } = exchange.response.headers;
        expectEqual(shown, String(limit), 'X-RateLimit-Limit where the limit that was set is');
      }
      seen += served.length;
      const remaining = served.map(remainingOf);
      const left = remaining.at(-1) ?? 0;
      // What is left may be less than one more of these requests uses up (LG-LIM-015).
      const early = left > costOf(limit, remaining) && isLasting(refusal);
      expectThat(!early, `no refusal for a whole window with ${String(left)} left`, () => 'one');
    }
    if (seen === 0) throw tooCostly();
  },
  fault: onAnswer('all', ({ headers }) => {
    const limit = headers.get('x-ratelimit-limit');
    if (limit !== null) headers.set('x-ratelimit-limit', String(2 * Number(limit)));
  }),
});

const remainingFromLimit = defineRule({
  id: 'limits/remaining-from-limit',
  level: 'MUST',
  verifies: ['LG-LIM-023'],
  sentence: 'X-RateLimit-Remaining begins at the limit, less what the first request uses up.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    // So few that no second limit is lower; more where one request uses up most of that.
    for (const limit of [4, 4, 60]) {
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      const { served } = await exhaustRateLimit(org, client, limit, [3_600, 3_600]);
      for (const exchange of served) expect.success(exchange);
      const remaining = served.map(remainingOf);
      const cost = costliest(remaining);
      if (cost === undefined) continue;
      const shown = Number(served[0]?.response.headers['x-ratelimit-limit']);
      const least = `${String(shown - cost)} remaining of ${String(shown)} after the first`;
      expectThat((remaining[0] ?? 0) >= shown - cost, least, () => remaining);
      return;
    }
    throw tooCostly();
  },
  // It counts down from half of the limit.
  fault: onAnswer('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.floor(remaining / 2)));
  }),
});

const fallingRemaining = defineRule({
  id: 'limits/falling-remaining',
  level: 'MUST',
  verifies: ['LG-LIM-014'],
  sentence: 'Who sends until it is refused sees the remaining allowance fall beforehand.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { served } = await exhaustRateLimit(org, client, 6);
    for (const exchange of served) expect.success(exchange);
    const told = served.map(remainingOf);
    const falls = told.some((one, index) => index > 0 && one < (told[index - 1] ?? 0));
    expectThat(falls, 'a falling X-RateLimit-Remaining', () => told);
  },
  // It always shows the same.
  fault: onAnswer('all', ({ headers }) => {
    headers.set('x-ratelimit-remaining', '1');
  }),
});

const realRemaining = defineRule({
  id: 'limits/real-remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-013'],
  sentence: 'As long as the only caller is told that something remains, it is not refused.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { served } = await exhaustRateLimit(org, client, 6);
    for (const exchange of served) expect.success(exchange);
    const last = served.at(-1);
    if (last) expectEqual(remainingOf(last), 0, 'what remains right before a refusal,');
  },
  // It counts the request in hand only afterwards.
  fault: onAnswer('all', ({ status, headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    if (status < 300) headers.set('x-ratelimit-remaining', String(remaining + 1));
  }),
});

const remainingAtRefusal = defineRule({
  id: 'limits/remaining-at-refusal',
  level: 'SHOULD',
  verifies: ['LG-LIM-020'],
  sentence: 'Nothing remains when the rate limit refuses.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, clientWithoutWaits }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { refusal } = await exhaustRateLimit(org, client, 3);
    const { 'x-ratelimit-remaining': remaining } = refusal.response.headers;
    // Whether refusals carry the header at all is another matter: LG-LIM-016.
    if (remaining !== undefined) expectEqual(remaining, '0', 'X-RateLimit-Remaining of a 429');
  },
  fault: onAnswer('all', ({ status, headers }) => {
    if (status === 429) headers.set('x-ratelimit-remaining', '1');
  }),
});

const oneByOne = defineRule({
  id: 'limits/one-by-one',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Each request of any kind lowers the remaining allowance by exactly one.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ operations, organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const ready = [];
    for (const { id } of [...operations, ...operations]) {
      ready.push({ id, request: await org.prepare(id) });
    }
    await org.setRateLimit(ready.length, 3_600);
    const told: number[] = [];
    for (const { id, request } of ready) {
      const exchange = await client.send(id, request);
      expect.success(exchange);
      told.push(remainingOf(exchange));
    }
    const expected = told.map((_, index) => ready.length - 1 - index);
    expectEqual(told, expected, 'the remaining allowance, request by request,');
  },
  // Writing costs two.
  fault: onAnswer(['createDossier'], ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 1)));
  }),
});

/** The headers fit where they are present; a success has both. */
const expectFigures = ({ response: { status, headers } }: Exchange): void => {
  const told = [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']];
  const tell = () => told.map((text) => text ?? 'nothing').join(' with ');
  const [limit, remaining] = told;
  const both = limit !== undefined && remaining !== undefined;
  expectThat(both || status === 429, 'a limit and what remains of it', tell);
  const whole = told.every((text) => text === undefined || /^\d+$/.test(text));
  expectThat(whole && limit !== '0', 'a whole limit above zero and a whole remainder', tell);
  const fits = limit === undefined || Number(remaining ?? 0) <= Number(limit);
  expectThat(fits, 'no more remaining than the limit', tell);
};

const headersThroughout = defineRule({
  id: 'limits/headers-throughout',
  level: 'MUST',
  verifies: ['LG-LIM-009', 'LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012'],
  sentence: 'However small the limit, its headers fit from the first answer to the refusal.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, operations, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    for (const { id } of operations) {
      const request = await org.prepare(id);
      const exchange = await org.all.send(id, request);
      expect.success(exchange);
      expectFigures(exchange);
    }
    for (const limit of [1, 2, 61]) {
      const { served, refusal } = await exhaustRateLimit(org, client, limit);
      for (const exchange of served) expect.success(exchange);
      for (const exchange of [...served, refusal]) expectFigures(exchange);
      // Who counts refused requests too goes below nothing now.
      expectFigures(await client.send('listFlows'));
    }
  },
  // It counts what it refuses.
  fault: onAnswer('all', ({ status, headers }) => {
    if (status === 429) headers.set('x-ratelimit-remaining', '-1');
  }),
});

export default [
  shownLimit,
  remainingFromLimit,
  fallingRemaining,
  realRemaining,
  remainingAtRefusal,
  oneByOne,
  headersThroughout,
] satisfies readonly Rule[];

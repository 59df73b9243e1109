import {
  exhaustRateLimit,
  highestCost,
  remainingOf,
  requestTooCostly,
} from '../../assertions/rate-limit.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onResponse } from '../../faults/inject.ts';
import type { Exchange } from '../../http/exchange.ts';
import { readRetryAfter } from '../../http/pacing.ts';

/** A second limit, such as one for bursts, may refuse earlier and end earlier (LG-LIM-013). */
const longestBurst = 300;

/** Whether the refusal, by its Retry-After, lasts longer than that of a limit for bursts. */
const isLasting = ({ response: { headers }, startedAt }: Exchange): boolean => {
  const { 'retry-after': value = '', date } = headers;
  return (readRetryAfter(value, date, startedAt) ?? 0) > longestBurst;
};

/** The highest cost of one of the requests, as the first is compared with the limit. */
const costOf = (limit: number, remaining: readonly number[]): number =>
  Math.max(1, limit - (remaining[0] ?? 0), highestCost(remaining) ?? 0);

const shownLimit = defineRule({
  id: 'limits/shown-limit',
  level: 'MUST',
  verifies: ['LG-LIM-022'],
  sentence: 'X-RateLimit-Limit is the limit that applies: requests up to it are served.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    let seen = 0;
    // Low, so that no second limit is lower; two of them, so that a constant fails.
    for (const limit of [4, 3]) {
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      const { served, refusal } = await exhaustRateLimit(org, client, limit, [3_600, 3_600]);
      for (const exchange of served) {
        expect.success(exchange);
        const { 'x-ratelimit-limit': shown } = exchange.response.headers;
        expectEqual(shown, String(limit), 'X-RateLimit-Limit equal to the limit that was set');
      }
      seen += served.length;
      const remaining = served.map(remainingOf);
      const left = remaining.at(-1) ?? 0;
      // Fewer may remain than one more of these requests costs (LG-LIM-015).
      const early = left > costOf(limit, remaining) && isLasting(refusal);
      expectThat(
        !early,
        `no refusal for a whole window with ${String(left)} remaining`,
        () => 'one',
      );
    }
    if (seen === 0) throw requestTooCostly();
  },
  fault: onResponse('all', ({ headers }) => {
    const limit = headers.get('x-ratelimit-limit');
    if (limit !== null) headers.set('x-ratelimit-limit', String(2 * Number(limit)));
  }),
});

const remainingFromLimit = defineRule({
  id: 'limits/remaining-from-limit',
  level: 'MUST',
  verifies: ['LG-LIM-023'],
  sentence:
    'After the first request, X-RateLimit-Remaining is the limit minus the cost of that request.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    // Low, so that no second limit is lower; higher if one request costs most of that.
    for (const limit of [4, 4, 60]) {
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      const { served } = await exhaustRateLimit(org, client, limit, [3_600, 3_600]);
      for (const exchange of served) expect.success(exchange);
      const remaining = served.map(remainingOf);
      const cost = highestCost(remaining);
      if (cost === undefined) continue;
      const shown = Number(served[0]?.response.headers['x-ratelimit-limit']);
      const least = `${String(shown - cost)} remaining of ${String(shown)} after the first request`;
      expectThat((remaining[0] ?? 0) >= shown - cost, least, () => remaining);
      return;
    }
    throw requestTooCostly();
  },
  // A server that counts down from half of the limit.
  fault: onResponse('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.floor(remaining / 2)));
  }),
});

const fallingRemaining = defineRule({
  id: 'limits/falling-remaining',
  level: 'MUST',
  verifies: ['LG-LIM-014'],
  sentence: 'X-RateLimit-Remaining decreases before a request is refused.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { served } = await exhaustRateLimit(org, client, 6);
    for (const exchange of served) expect.success(exchange);
    const values = served.map(remainingOf);
    const falls = values.some((one, index) => index > 0 && one < (values[index - 1] ?? 0));
    expectThat(falls, 'a decreasing X-RateLimit-Remaining', () => values);
  },
  // A server that always returns the same number.
  fault: onResponse('all', ({ headers }) => {
    headers.set('x-ratelimit-remaining', '1');
  }),
});

const realRemaining = defineRule({
  id: 'limits/real-remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-013'],
  sentence:
    'As long as X-RateLimit-Remaining is above zero, the next request of the only caller is served.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { served } = await exhaustRateLimit(org, client, 6);
    for (const exchange of served) expect.success(exchange);
    const last = served.at(-1);
    if (last) expectEqual(remainingOf(last), 0, 'X-RateLimit-Remaining right before a refusal,');
  },
  // A server that doesn't count the current request.
  fault: onResponse('all', ({ status, headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    if (status < 300) headers.set('x-ratelimit-remaining', String(remaining + 1));
  }),
});

const remainingAtRefusal = defineRule({
  id: 'limits/remaining-at-refusal',
  level: 'SHOULD',
  verifies: ['LG-LIM-020'],
  sentence: 'X-RateLimit-Remaining of a 429 response is 0.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, clientWithoutWaits }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const { refusal } = await exhaustRateLimit(org, client, 3);
    const { 'x-ratelimit-remaining': remaining } = refusal.response.headers;
    // Whether refusals have the header is another rule's subject: LG-LIM-016.
    if (remaining !== undefined) expectEqual(remaining, '0', 'X-RateLimit-Remaining of a 429');
  },
  fault: onResponse('all', ({ status, headers }) => {
    if (status === 429) headers.set('x-ratelimit-remaining', '1');
  }),
});

const oneByOne = defineRule({
  id: 'limits/one-by-one',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Each request, whatever its operation, lowers X-RateLimit-Remaining by exactly one.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ operations, organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const ready = [];
    for (const { id } of [...operations, ...operations]) {
      ready.push({ id, request: await org.prepare(id) });
    }
    await org.setRateLimit(ready.length, 3_600);
    const values: number[] = [];
    for (const { id, request } of ready) {
      const exchange = await client.send(id, request);
      expect.success(exchange);
      values.push(remainingOf(exchange));
    }
    const expected = values.map((_, index) => ready.length - 1 - index);
    expectEqual(values, expected, 'X-RateLimit-Remaining of each request,');
  },
  // A server whose writes cost two.
  fault: onResponse(['createDossier'], ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 1)));
  }),
});

/** The headers are consistent if present; a success has both. */
const expectFigures = (
  { about }: Pick<RuleContext, 'about'>,
  { response: { status, headers } }: Exchange,
): void => {
  const values = [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']];
  const describeValues = () => values.map((text) => text ?? 'nothing').join(' with ');
  const [limit, remaining] = values;
  const expected = 'both rate-limit headers';
  about('LG-LIM-009');
  expectThat(limit !== undefined || status === 429, expected, describeValues);
  about('LG-LIM-010');
  expectThat(remaining !== undefined || status === 429, expected, describeValues);
  const isWhole = (text: string | undefined) => text === undefined || /^\d+$/.test(text);
  about('LG-LIM-011');
  expectThat(isWhole(limit) && limit !== '0', 'a whole limit above zero', describeValues);
  about('LG-LIM-012');
  expectThat(isWhole(remaining), 'a remainder that is a whole number', describeValues);
  const fits = limit === undefined || Number(remaining ?? 0) <= Number(limit);
  expectThat(fits, 'no more remaining than the limit', describeValues);
};

const headersThroughout = defineRule({
  id: 'limits/headers-throughout',
  level: 'MUST',
  verifies: ['LG-LIM-009', 'LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012'],
  sentence:
    'The rate-limit headers are consistent from the first response to the refusal, however low the limit.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async (context) => {
    const { organization, operations, clientWithoutWaits, expect } = context;
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    for (const { id } of operations) {
      const request = await org.prepare(id);
      const exchange = await org.all.send(id, request);
      expect.success(exchange);
      expectFigures(context, exchange);
    }
    for (const limit of [1, 2, 61]) {
      const { served, refusal } = await exhaustRateLimit(org, client, limit);
      for (const exchange of served) expect.success(exchange);
      for (const exchange of [...served, refusal]) expectFigures(context, exchange);
      // A server that also counts refused requests would go below zero now.
      expectFigures(context, await client.send('listFlows'));
    }
  },
  // A server that counts refused requests.
  fault: onResponse('all', ({ status, headers }) => {
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

import { repeat, sendConcurrently } from '../../assertions/concurrency.ts';
import { remainingOf } from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onOverlap } from '../../faults/concurrency.ts';
import type { Fault } from '../../faults/inject.ts';

/** A server that checks the count before it increases it, without a lock. */
const lookBeforeCounting: Fault = (fetch, name) => {
  let served: Response | undefined;
  const race = onOverlap(['listDossiers'], (_, response) => {
    if (response.ok) served = response.clone();
    return response.status === 429 ? served?.clone() : undefined;
  });
  return race(fetch, name);
};

const rateLimit = defineRule({
  id: 'concurrency/rate-limit',
  level: 'MUST',
  verifies: ['LG-LIM-001'],
  sentence: 'Of several simultaneous requests, no more are served than the rate limit allows.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect, acceptances }) => {
    for (const limit of [4, 7]) {
      // One window each, since a second limit for bursts could still apply (LG-LIM-020).
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      // Longer than any check, so that no window ends meanwhile.
      await org.setRateLimit(limit, 3_600);
      const send = () => client.send('listDossiers');
      const { won, lost } = await sendConcurrently(
        { acceptances },
        repeat(15, () => send),
      );
      const most = `at most ${String(limit)} requests that are served`;
      expectThat(won.length <= limit, most, () => String(won.length));
      expectThat(won.length > 0, 'at least one request that is served', () => 'none');
      for (const exchange of lost) expect.refusal(exchange, 429);
    }
  },
  fault: lookBeforeCounting,
});

const remaining = defineRule({
  id: 'concurrency/remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Each of several simultaneous requests lowers X-RateLimit-Remaining by one.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect, acceptances }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const count = 12;
    await org.setRateLimit(count, 3_600);
    const send = () => client.send('listDossiers');
    const { won, lost } = await sendConcurrently(
      { acceptances },
      repeat(count, () => send),
    );
    for (const exchange of lost) expect.success(exchange);
    const remainingValues = won.map(remainingOf).sort((a, b) => a - b);
    expectEqual(
      remainingValues,
      repeat(count, (index) => index),
      'all remaining values, each once,',
    );
  },
  // A server that returns the same number to all simultaneous requests.
  fault: onOverlap(['listDossiers'], (_, response) => {
    const headers = new Headers(response.headers);
    headers.set('x-ratelimit-remaining', '0');
    return new Response(response.body, { status: response.status, headers });
  }),
});

export default [rateLimit, remaining] satisfies readonly Rule[];

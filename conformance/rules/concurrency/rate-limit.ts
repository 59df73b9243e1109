import { atOnce, repeat } from '../../assertions/concurrency.ts';
import { remainingOf } from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onOverlap } from '../../faults/concurrency.ts';
import type { Fault } from '../../faults/inject.ts';

/** Looks at the count before it adds to it: all who come together are let in. */
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
  sentence: 'Of requests at the same moment no more are served than the limit allows.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect, acceptances }) => {
    for (const limit of [4, 7]) {
      // One each: a second limit, for bursts, would still be in force (LG-LIM-020).
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      // Longer than any check lasts, so that nothing flows back meanwhile.
      await org.setRateLimit(limit, 3_600);
      const send = () => client.send('listDossiers');
      const { won, lost } = await atOnce(
        { acceptances },
        repeat(15, () => send),
      );
      const most = `${String(limit)} at most that are served`;
      expectThat(won.length <= limit, most, () => String(won.length));
      expectThat(won.length > 0, 'some that are served', () => 'none');
      for (const exchange of lost) expect.refusal(exchange, 429);
    }
  },
  fault: lookBeforeCounting,
});

const remaining = defineRule({
  id: 'concurrency/remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Requests at the same moment lower the remaining allowance by one each.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect, acceptances }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const count = 12;
    await org.setRateLimit(count, 3_600);
    const send = () => client.send('listDossiers');
    const { won, lost } = await atOnce(
      { acceptances },
      repeat(count, () => send),
    );
    for (const exchange of lost) expect.success(exchange);
    const told = won.map(remainingOf).sort((a, b) => a - b);
    expectEqual(
      told,
      repeat(count, (index) => index),
      'the remaining allowances, each once,',
    );
  },
  // A server that tells all who come together the same.
  fault: onOverlap(['listDossiers'], (_, response) => {
    const headers = new Headers(response.headers);
    headers.set('x-ratelimit-remaining', '0');
    return new Response(response.body, { status: response.status, headers });
  }),
});

export default [rateLimit, remaining] satisfies readonly Rule[];

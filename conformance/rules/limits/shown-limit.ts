import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { costliest, exhaust, remainingOf, tooCostly } from '../../world/allowance.ts';
import type { Exchange } from '../../world/exchange.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { readRetryAfter } from '../../world/retry-after.ts';

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

export default defineRule({
  id: 'limits/shown-limit',
  level: 'MUST',
  verifies: ['LG-LIM-022'],
  sentence: 'X-RateLimit-Limit shows the limit that was set, and requests are let in up to there.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    let seen = 0;
    // So few that no second limit is lower; two of them, so that it isn't always the same number.
    for (const limit of [4, 3]) {
      const home = await organization();
      const client = impatientClientWith(await home.key());
      const { served, refusal } = await exhaust(home, client, limit, [3_600, 3_600]);
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
  liar: onAnswer('all', ({ headers }) => {
    const limit = headers.get('x-ratelimit-limit');
    if (limit !== null) headers.set('x-ratelimit-limit', String(2 * Number(limit)));
  }),
});

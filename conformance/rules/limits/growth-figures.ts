import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { remainingOf } from '../../world/allowance.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { allowanceOf } from '../../world/plans.ts';
import { secondsToWait } from '../../world/retry-after.ts';

export default defineRule({
  id: 'limits/growth-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence: 'On the Growth plan the contract’s number of requests may be sent in its window.',
  needs: ['fresh-organizations'],
  check: async ({ contract, organization, impatientClientWith, expect }) => {
    const { requests, windowSeconds } = allowanceOf(contract);
    const client = impatientClientWith(await (await organization()).key());
    let left = requests;
    let exchange = await client.send('listFlows');
    while (exchange.response.status !== 429) {
      expect.success(exchange);
      expectEqual(exchange.response.headers['x-ratelimit-limit'], String(requests), 'the limit');
      const remaining = remainingOf(exchange);
      // On a slow way the window ends before the limit is reached: the figures show all the same.
      if (remaining > left) return;
      expectThat(left > 0, `a refusal after ${String(requests)} requests`, () => remaining);
      left -= 1;
      exchange = await client.send('listFlows');
    }
    expectEqual(left, 0, 'the allowance left at the first refusal,');
    const seconds = Math.floor(secondsToWait(exchange));
    // Where it is a date, it is rounded to the second.
    const within = seconds >= 1 && seconds <= windowSeconds + 1;
    expectThat(within, `a window of ${String(windowSeconds)} seconds at most`, () => seconds);
  },
  liar: onAnswer('all', ({ headers }) => {
    headers.set('x-ratelimit-limit', '1000');
  }),
});

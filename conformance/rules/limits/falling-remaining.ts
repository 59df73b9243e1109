import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust, remainingOf } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/falling-remaining',
  level: 'MUST',
  verifies: ['LG-LIM-014'],
  sentence: 'Who sends until it is refused sees the remaining allowance fall beforehand.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const { served } = await exhaust(home, client, 6);
    for (const exchange of served) expect.success(exchange);
    const told = served.map(remainingOf);
    const falls = told.some((one, index) => index > 0 && one < (told[index - 1] ?? 0));
    expectThat(falls, 'a falling X-RateLimit-Remaining', () => told);
  },
  // It always shows the same.
  liar: onAnswer('all', ({ headers }) => {
    headers.set('x-ratelimit-remaining', '1');
  }),
});

import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/remaining-at-refusal',
  level: 'SHOULD',
  verifies: ['LG-LIM-020'],
  sentence: 'Nothing remains when the rate limit refuses.',
  needs: ['spendable-rate-limit'],
  check: async ({ organization, impatientClientWith }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const { refusal } = await exhaust(home, client, 3);
    const { 'x-ratelimit-remaining': remaining } = refusal.response.headers;
    // Whether refusals carry the header at all is another matter: LG-LIM-016.
    if (remaining !== undefined) expectEqual(remaining, '0', 'X-RateLimit-Remaining of a 429');
  },
  liar: onAnswer('all', ({ status, headers }) => {
    if (status === 429) headers.set('x-ratelimit-remaining', '1');
  }),
});

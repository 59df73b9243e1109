import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust, remainingOf } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/real-remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-013'],
  sentence: 'As long as the only caller is told that something remains, it is not refused.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const { served } = await exhaust(home, client, 6);
    for (const exchange of served) expect.success(exchange);
    const last = served.at(-1);
    if (last) expectEqual(remainingOf(last), 0, 'what remains right before a refusal,');
  },
  // It counts the request in hand only afterwards.
  liar: onAnswer('all', ({ status, headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    if (status < 300) headers.set('x-ratelimit-remaining', String(remaining + 1));
  }),
});

import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { costliest, exhaust, remainingOf, tooCostly } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/remaining-from-limit',
  level: 'MUST',
  verifies: ['LG-LIM-023'],
  sentence: 'X-RateLimit-Remaining begins at the limit, less what the first request uses up.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    // So few that no second limit is lower; more where one request uses up most of that.
    for (const limit of [4, 4, 60]) {
      const home = await organization();
      const client = impatientClientWith(await home.key());
      const { served } = await exhaust(home, client, limit, [3_600, 3_600]);
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
  liar: onAnswer('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.floor(remaining / 2)));
  }),
});

import { defineRule, type Liar } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

/** Counts before it looks at the plan. */
const countFirst: Liar = (fetch) => {
  let refused = 0;
  return async (request) => {
    const response = await fetch(request);
    if (response.status === 402) refused += 1;
    if (refused <= 2) return response;
    const body = { error: { code: 'rate_limited', message: 'Slow down.' } };
    return new Response(JSON.stringify(body), { status: 429, headers: response.headers });
  };
};

export default defineRule({
  id: 'limits/free-plan-uncounted',
  level: 'SHOULD',
  verifies: ['LG-PLN-005'],
  sentence: 'What is refused for the plan does not count towards a rate limit.',
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const free = await organization({ plan: 'free' });
    const client = impatientClientWith(await free.key());
    await free.setRateLimit(2, 3_600);
    const told = new Set<string | undefined>();
    for (let sent = 0; sent < 4; sent += 1) {
      const exchange = await client.send('listDossiers');
      expect.refusal(exchange, 402);
      told.add(exchange.response.headers['x-ratelimit-remaining']);
    }
    expectThat(told.size === 1, 'the same allowance after each refusal', () => [...told]);
  },
  liar: countFirst,
});

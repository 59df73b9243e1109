import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { allowanceOf } from '../../world/plans.ts';

export default defineRule({
  id: 'limits/strangers-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-017'],
  sentence: 'Who has no key or no plan is told the Growth plan’s figures, unspent.',
  needs: ['free-plan'],
  check: async ({ contract, organization, clientWith, expect }) => {
    const { requests } = allowanceOf(contract);
    const home = await organization();
    const free = await organization({ plan: 'free' });
    for (const [status, client] of [
      [401, clientWith(undefined)],
      [402, free.all],
    ] as const) {
      // The second time shows whether the first was counted.
      for (let sent = 0; sent < 2; sent += 1) {
        const exchange = await client.send('listDossiers');
        expect.refusal(exchange, status);
        for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining']) {
          const value = exchange.response.headers[name];
          if (value !== undefined) expectEqual(value, String(requests), name);
        }
      }
    }
    expect.success(await home.all.send('listDossiers'));
  },
  liar: onAnswer('all', ({ status, headers }) => {
    if (status === 402) headers.set('x-ratelimit-remaining', '0');
  }),
});

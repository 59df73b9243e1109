import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/strangers-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-024'],
  sentence: 'Who has no key or no plan is shown no figures of a rate limit.',
  needs: ['free-plan'],
  check: async ({ organization, clientWith, expect }) => {
    const home = await organization();
    const free = await organization({ plan: 'free' });
    for (const [status, client] of [
      [401, clientWith(undefined)],
      [402, free.all],
    ] as const) {
      const exchange = await client.send('listDossiers');
      expect.refusal(exchange, status);
      const { headers } = exchange.response;
      const shown = ['x-ratelimit-limit', 'x-ratelimit-remaining'].filter(
        (name) => name in headers,
      );
      expectThat(shown.length === 0, `no rate-limit header on ${String(status)}`, () => shown);
    }
    expect.success(await home.all.send('listDossiers'));
  },
  // It shows the figures of another plan.
  liar: onAnswer('all', ({ status, headers }) => {
    if (status === 402) headers.set('x-ratelimit-remaining', '600');
  }),
});

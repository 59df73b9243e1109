import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';

const expectAdvice = ({ response }: Exchange): void => {
  if (response.status !== 429) return;
  const told = (response.headers['retry-after'] ?? '') !== '';
  expectThat(told, 'a Retry-After header on a 429', () => 'none');
};

export default defineRule({
  id: 'limits/retry-after',
  level: 'MUST',
  verifies: ['LG-LIM-002'],
  sentence: 'Every refusal for the rate limit says when to try again.',
  needs: ['spendable-rate-limit'],
  check: async ({ operations, organization, impatientClientWith }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const ready = [];
    for (const { id } of operations) ready.push({ id, request: await home.prepare(id) });
    const { refusal } = await exhaust(home, client, 2);
    expectAdvice(refusal);
    for (const { id, request } of ready) expectAdvice(await client.send(id, request));
  },
  liar: onAnswer(['listFlows'], ({ headers }) => {
    headers.delete('retry-after');
  }),
});

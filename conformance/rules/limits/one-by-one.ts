import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { remainingOf } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/one-by-one',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Each request of any kind lowers the remaining allowance by exactly one.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ operations, organization, impatientClientWith, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const ready = [];
    for (const { id } of [...operations, ...operations]) {
      ready.push({ id, request: await home.prepare(id) });
    }
    await home.setRateLimit(ready.length, 3_600);
    const told: number[] = [];
    for (const { id, request } of ready) {
      const exchange = await client.send(id, request);
      expect.success(exchange);
      told.push(remainingOf(exchange));
    }
    const expected = told.map((_, index) => ready.length - 1 - index);
    expectEqual(told, expected, 'the remaining allowance, request by request,');
  },
  // Writing costs two.
  liar: onAnswer(['createDossier'], ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 1)));
  }),
});

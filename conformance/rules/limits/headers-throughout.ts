import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';

/** The headers fit where they are present; a success has both. */
const expectFigures = ({ response: { status, headers } }: Exchange): void => {
  const told = [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']];
  const tell = () => told.map((text) => text ?? 'nothing').join(' with ');
  const [limit, remaining] = told;
  const both = limit !== undefined && remaining !== undefined;
  expectThat(both || status === 429, 'a limit and what remains of it', tell);
  const whole = told.every((text) => text === undefined || /^\d+$/.test(text));
  expectThat(whole && limit !== '0', 'a whole limit above zero and a whole remainder', tell);
  const fits = limit === undefined || Number(remaining ?? 0) <= Number(limit);
  expectThat(fits, 'no more remaining than the limit', tell);
};

export default defineRule({
  id: 'limits/headers-throughout',
  level: 'MUST',
  verifies: ['LG-LIM-009', 'LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012'],
  sentence: 'However small the limit, its headers fit from the first answer to the refusal.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, operations, impatientClientWith, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    for (const { id } of operations) {
      const request = await home.prepare(id);
      const exchange = await home.all.send(id, request);
      expect.success(exchange);
      expectFigures(exchange);
    }
    for (const limit of [1, 2, 61]) {
      const { served, refusal } = await exhaust(home, client, limit);
      for (const exchange of served) expect.success(exchange);
      for (const exchange of [...served, refusal]) expectFigures(exchange);
      // Who counts refused requests too goes below nothing now.
      expectFigures(await client.send('listFlows'));
    }
  },
  // It counts what it refuses.
  liar: onAnswer('all', ({ status, headers }) => {
    if (status === 429) headers.set('x-ratelimit-remaining', '-1');
  }),
});

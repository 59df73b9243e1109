import { doNext } from '../../liars/late-work.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aForm } from '../../world/form-access.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'limits/forms',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-LIM-005'],
  sentence: 'The rate limit holds for forms too: beyond it they are refused and do nothing.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    let made = 0;
    const create = async () => {
      const exchange = await client.send('createDossier', aForm(`Noor Bakker ${String(made + 1)}`));
      if (exchange.response.status === 429) return exchange;
      expect.success(exchange);
      made += 1;
      return exchange;
    };
    const { refusal } = await exhaust(home, client, 2, undefined, create);
    expect.refusal(refusal, 429);
    await home.setRateLimit(100, 60);
    const list = await home.all.send('listDossiers');
    expect.success(list);
    expectEqual(pageOf(list).total, made, 'as many dossiers as forms that were let in,');
  },
  liar: doNext(429),
});

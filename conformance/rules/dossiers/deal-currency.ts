import fc from 'fast-check';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/deal-currency',
  level: 'MUST',
  verifies: ['LG-DOS-041'],
  sentence: 'A sales dossier keeps its currency, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const aCurrency = fc.constantFrom('EUR', 'USD', 'GBP', 'JPY', 'CHF', 'KWD');
    await world.property([aCurrency], async (deal_currency) => {
      const deal = { deal_size: 62_000, deal_currency };
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', ...deal };
      expectKept(await createAndSee(world, home, draft), { deal_currency }, ['listed']);
    });
  },
  // A server at home in one currency.
  liar: onData(['listDossiers'], (dossier) => {
    dossier['deal_currency'] = 'EUR';
  }),
});

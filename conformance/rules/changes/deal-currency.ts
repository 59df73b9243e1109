import fc from 'fast-check';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'PLN', 'KWD'];

export default defineRule({
  id: 'changes/deal-currency',
  level: 'MUST',
  verifies: ['LG-DOS-077'],
  sentence: 'A sales dossier has the currency that its deal was given last, alone or with a size.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'With changing currencies', ...deal };
    const { id } = await home.createDossier(draft);
    const bare = await home.createDossier({ type: 'sales', name: 'Without a deal at first' });
    await world.property(
      [fc.constantFrom(...currencies), fc.nat({ max: 90_000 })],
      async (deal_currency, deal_size) => {
        expectChanged(await changeAndSee(world, home, id, { deal_currency }), { deal_currency });
        const both = { deal_size, deal_currency };
        expectChanged(await changeAndSee(world, home, bare.id, both), both);
      },
    );
  },
  // A server that takes a currency along with an amount only.
  liar: onSent(['updateDossier'], (body) => ({
    ...body,
    deal_currency: body['deal_size'] === undefined ? undefined : body['deal_currency'],
  })),
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

/** Currencies in use on every continent; those of the examples and of large markets first. */
const currencies = [
  ...['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CNY', 'CAD', 'AUD', 'SEK', 'NOK', 'DKK', 'PLN'],
  ...['CZK', 'HUF', 'RON', 'TRY', 'MAD', 'ZAR', 'XOF', 'KWD', 'AED', 'INR', 'BRL', 'SGD'],
];

export default defineRule({
  id: 'dossiers/deal-currency',
  level: 'MUST',
  verifies: ['LG-DOS-041'],
  sentence: 'A sales dossier keeps its currency, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const [index, deal_currency] of currencies.entries()) {
      // Deals without a value have a currency too.
      const deal = { deal_size: index % 2 === 0 ? 0 : 62_000, deal_currency };
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', ...deal };
      expectKept(await createAndSee(world, home, draft), { deal_currency }, ['listed']);
    }
  },
  // A server at home in one currency.
  liar: onData(['listDossiers'], (dossier) => {
    dossier['deal_currency'] = 'EUR';
  }),
});

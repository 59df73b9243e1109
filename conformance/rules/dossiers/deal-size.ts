import fc from 'fast-check';
import { anAmount, awkwardAmounts } from '../../arbitraries/amount.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/deal-size',
  level: 'MUST',
  verifies: ['LG-DOS-040', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013'],
  sentence: 'The size of a deal stays the number that it is, in whole units, with its decimals.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const see = async (deal_size: number, deal_currency: string) => {
      const deal = { deal_size, deal_currency };
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', ...deal };
      // A text or another amount is another value: no difference is overlooked.
      expectKept(await createAndSee(world, home, draft), { deal_size }, ['retrieved', 'listed']);
    };
    for (const size of awkwardAmounts) await see(size, 'EUR');
    // Currencies with no hundredths, and with thousandths.
    for (const currency of ['JPY', 'KWD']) await see(62_000, currency);
    await world.property([anAmount(), fc.constantFrom('EUR', 'USD')], see);
  },
  // A server that keeps whole euros.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    deal_size: Math.floor(Number(body['deal_size'])),
  })),
});

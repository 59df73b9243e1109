import fc from 'fast-check';
import { anAmount, awkwardAmounts, largeAmounts } from '../../arbitraries/amount.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { createAndSee, expectKept, see, type Sightings } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/deal-size',
  level: 'MUST',
  verifies: ['LG-DOS-040', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013'],
  sentence: 'The size of a deal stays the number that it is, in whole units, with its decimals.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draftOf = (deal_size: number, deal_currency: string) => ({
      ...{ type: 'sales' as const, name: 'Tulp Logistics', deal_size, deal_currency },
    });
    // A text or another amount is another value: no difference is overlooked.
    const expectSize = (seen: Sightings, deal_size: number) => {
      expectKept(seen, { deal_size }, ['retrieved', 'listed']);
    };
    const create = async (size: number, currency: string) => {
      expectSize(await createAndSee(world, home, draftOf(size, currency)), size);
    };
    for (const size of awkwardAmounts) await create(size, 'EUR');
    // Currencies with no hundredths, and with thousandths.
    for (const currency of ['JPY', 'KWD']) await create(62_000, currency);
    await world.property([anAmount(), fc.constantFrom('EUR', 'USD')], create);
    for (const size of largeAmounts) {
      const exchange = await home.all.send('createDossier', { body: draftOf(size, 'EUR') });
      if (exchange.response.status >= 400) expectPermittedRefusal(world, exchange, ['LG-DOS-049']);
      else {
        world.expect.success(exchange);
        expectSize(await see(world, home, dataOf(exchange.json) as Dossier), size);
      }
    }
  },
  // A server that keeps whole euros.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    deal_size: Math.floor(Number(body['deal_size'])),
  })),
});

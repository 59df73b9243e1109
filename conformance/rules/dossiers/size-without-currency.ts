import { anAmount } from '../../arbitraries/amount.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/size-without-currency',
  level: 'SHOULD',
  verifies: ['LG-DOS-047'],
  sentence: 'The size of a deal alone leaves its currency unset.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [anAmount()],
      async (deal_size) => {
        const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_size };
        const seen = await createAndSee(world, home, draft);
        expectKept(seen, { deal_size }, ['retrieved', 'listed']);
        for (const place of everywhere) {
          expectEqual(seen[place].deal_currency ?? null, null, 'deal_currency');
        }
      },
      4,
    );
  },
  liar: onSent(['createDossier'], (body) => ({ deal_currency: 'EUR', ...body })),
});

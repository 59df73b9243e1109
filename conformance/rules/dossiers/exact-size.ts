import { anExactAmount } from '../../arbitraries/amount.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/exact-size',
  level: 'SHOULD',
  verifies: ['LG-DOS-049'],
  sentence: 'The size of a deal keeps every digit that a double-precision number can hold.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([anExactAmount()], async (deal_size) => {
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_currency: 'EUR' };
      const seen = await createAndSee(world, home, { ...draft, deal_size });
      expectKept(seen, { deal_size }, ['retrieved', 'listed']);
    });
  },
  // A server that keeps cents.
  liar: onData(['getDossier', 'listDossiers'], (dossier) => {
    dossier['deal_size'] = Math.round(Number(dossier['deal_size']) * 100) / 100;
  }),
});

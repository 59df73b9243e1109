import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/negative-size',
  level: 'SHOULD',
  verifies: ['LG-DOS-048'],
  sentence: 'The size of a deal may be zero, but not less.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_currency: 'EUR' };
    for (const deal_size of [-0.01, -1, -62_000]) {
      const body = { ...draft, deal_size };
      world.expect.refusal(await home.all.send('createDossier', { body }), 400);
    }
    const seen = await createAndSee(world, home, { ...draft, deal_size: 0 });
    expectKept(seen, { deal_size: 0 }, ['retrieved', 'listed']);
  },
  liar: refuseNot(400),
});

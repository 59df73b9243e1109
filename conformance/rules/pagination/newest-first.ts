import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { seeInOrder } from '../../world/own-order.ts';
import { expectEqual } from '../../world/expectations.ts';

/** Out of order by name, type and company, forwards and backwards. */
const drafts = [
  { type: 'sales', name: 'Molen', company: 'Delta' },
  { type: 'candidate', name: 'Zee', company: 'Zaan' },
  { type: 'candidate', name: 'akker', company: 'Brug' },
  { type: 'sales', name: 'Haven', company: 'Haven' },
  { type: 'candidate', name: 'Brug', company: 'Akker' },
  { type: 'sales', name: 'Weide', company: 'Kade' },
  { type: 'sales', name: 'Dijk', company: 'Markt' },
] as const;

export default defineRule({
  id: 'pagination/newest-first',
  level: 'SHOULD',
  verifies: ['LG-DOS-014'],
  sentence: 'Dossiers are listed in the order of creation, the latest first.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const made = await home.createDossiers(drafts);
    // A change has no say in it.
    await change(world, home, made[2]?.id ?? '', { role: 'Recruiter' });
    const wanted = made.map(({ id }) => id).reverse();
    for (const query of [{}, { per_page: '2' }]) {
      const seen = await seeInOrder(world.expect, home, 'listDossiers', query, wanted);
      expectEqual(seen, wanted, 'the ids, the latest first,');
    }
  },
  // A server that goes by the second of creation, and within one by its ids.
  liar: onPage(['listDossiers'], ({ data }) => {
    const keyOf = (dossier: (typeof data)[number]) =>
      `${String(dossier['created_at']).slice(0, 19)} ${String(dossier['id'])}`;
    data.sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1));
  }),
});

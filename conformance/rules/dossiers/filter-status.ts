import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { findListed } from '../../world/dossier-list.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'dossiers/filter-status',
  level: 'MUST',
  verifies: ['LG-DOS-008'],
  sentence: 'Dossiers listed by a status have that status.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    await findListed(world, home, id, { status: 'active' });
    for (const status of dossierStatuses(world.contract)) {
      const exchange = await home.all.send('listDossiers', { query: { status } });
      world.expect.success(exchange);
      const others = (pageOf(exchange).items as readonly Dossier[]).filter(
        (dossier) => dossier.status !== undefined && dossier.status !== status,
      );
      expectThat(others.length === 0, `no dossiers but ${status} ones`, () => others[0]);
    }
  },
  liar: overlookQuery('listDossiers', 'status'),
});

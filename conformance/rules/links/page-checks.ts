import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectPagesChecked } from '../../world/dossier-parts.ts';

export default defineRule({
  id: 'links/page-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-020', 'LG-GEN-021', 'LG-GEN-022', 'LG-GEN-026'],
  sentence: 'Pages of the contacts of a dossier that cannot be are refused, or empty past the end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
    const operation = 'listDossierContacts';
    await expectPagesChecked(world, { home, operation, dossier, key: 'contact_id' });
  },
  liar: overlookQuery('listDossierContacts', 'page', 'per_page'),
});

import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectPagesChecked } from '../../world/dossier-parts.ts';

export default defineRule({
  id: 'notes/page-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-020', 'LG-GEN-021', 'LG-GEN-022', 'LG-GEN-026'],
  sentence: 'Pages of the notes of a dossier that cannot be are refused, or empty past the end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
    await expectPagesChecked(world, { home, operation: 'listDossierNotes', dossier, key: 'id' });
  },
  liar: overlookQuery('listDossierNotes', 'page', 'per_page'),
});

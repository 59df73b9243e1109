import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectPaged } from '../../world/dossier-parts.ts';
import { addNote } from '../../world/notes.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'notes/pages',
  level: 'SHOULD',
  verifies: ['LG-NOT-006'],
  sentence: 'The notes of a dossier come in pages, as dossiers do.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { size } = pageSizes(world.contract, 'listDossierNotes');
    const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
    for (let number = 1; number <= size + 2; number += 1) {
      await addNote(world, home, id, { content: `Note ${String(number)}` });
    }
    const list = { home, operation: 'listDossierNotes', dossier: id, key: 'id' } as const;
    await expectPaged(world, list, size + 2);
  },
  liar: overlookQuery('listDossierNotes', 'page', 'per_page'),
});

import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, findNote } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/internal-default',
  level: 'MUST',
  verifies: ['LG-NOT-011'],
  sentence: 'A note is internal unless it is said to be shared.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'With a private word' });
    const added = await addNote(world, home, id, { content: 'Between us' });
    expectEqual(added.is_internal, true, 'is_internal in the answer');
    const listed = await findNote(world, home, id, added.id);
    expectEqual(listed.is_internal, true, 'is_internal in the list');
  },
  liar: onSent(['createDossierNote'], (body) => ({ is_internal: false, ...body })),
});

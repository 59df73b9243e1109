import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectNewId } from '../../world/new-ids.ts';
import { addNote } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-045', 'LG-GEN-046'],
  sentence: 'A new note has a UUID of version 4, in lower case, as its id.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({
      type: 'sales',
      name: 'With numbered notes',
    });
    for (const content of ['First', 'Second', 'Third']) {
      const { id } = await addNote(world, home, dossier, { content });
      expectNewId(id, 'a note');
    }
  },
  // A server that numbers them so that they can be sorted by time.
  liar: onData(['createDossierNote'], (note) => {
    note['id'] = String(note['id']).replace(/-4/, '-7');
  }),
});

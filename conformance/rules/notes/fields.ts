import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { addNote, findNote, noteFields } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/fields',
  level: 'MUST',
  verifies: ['LG-NOT-004', 'LG-NOT-005', 'LG-NOT-014'],
  sentence: 'A note tells its id, its dossier, its text, if it is internal and when it was added.',
  needs: [],
  check: (world) => {
    const fields = noteFields(world.contract);
    return world.property(
      [aType(), aText(), fc.boolean()],
      async (type, content, is_internal) => {
        const home = await world.organization();
        const { id } = await home.createDossier({ type, name: 'Noor Bakker' });
        await home.createDossier({ type, name: 'Created later' });
        const added = await addNote(world, home, id, { content, is_internal });
        const listed = await findNote(world, home, id, added.id);
        for (const note of [added, listed]) {
          const told = fields.every((name) => name in note);
          expectThat(told, `${fields.join(', ')} of the note`, () => note);
          expectEqual(note.dossier_id, id, 'the dossier_id of the note');
          expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the content');
          expectEqual(note.is_internal, is_internal, 'is_internal');
        }
      },
      6,
    );
  },
  // A server that leaves out of the list what its path says already.
  liar: onData(['listDossierNotes'], (note) => {
    delete note['dossier_id'];
  }),
});

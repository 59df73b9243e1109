import fc from 'fast-check';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/internal-kept',
  level: 'MUST',
  verifies: ['LG-NOT-012'],
  sentence: 'A note is internal or shared as it was said to be, whatever the others are.',
  needs: [],
  check: (world) =>
    world.property([fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })], async (choices) => {
      const home = await world.organization();
      const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
      const expected: Record<string, boolean> = {};
      for (const is_internal of choices) {
        const note = await addNote(world, home, id, { content: 'As it was said', is_internal });
        expectEqual(note.is_internal, is_internal, 'is_internal in the answer');
        expected[note.id] = is_internal;
      }
      const listed = await notesOn(world, home, id);
      const shown = Object.fromEntries(listed.map((note) => [note.id, note.is_internal]));
      expectEqual(shown, expected, 'is_internal in the list, by id,');
    }),
  // A server to which false is as good as nothing.
  liar: onSent(['createDossierNote'], (body) => ({
    ...body,
    is_internal: body['is_internal'] || undefined,
  })),
});

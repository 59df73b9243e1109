import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-047', 'LG-NOT-001'],
  sentence: 'No two notes share an id, and none is lost, however many come at once.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['With notes at once', 'With notes at the same time'];
    const dossiers = await home.createDossiers(names.map((name) => ({ type: 'sales', name })));
    const drafts = dossiers.flatMap(({ id }) => Array.from({ length: 5 }, () => id));
    const added = await Promise.all(
      drafts.map((id, index) => addNote(world, home, id, { content: `Note ${String(index)}` })),
    );
    expectEqual(new Set(added.map(({ id }) => id)).size, added.length, 'the number of ids');
    for (const { id } of dossiers) {
      const listed = Object.fromEntries(
        (await notesOn(world, home, id)).map((note) => [note.id, note.content]),
      );
      for (const note of added.filter(({ dossier_id }) => dossier_id === id)) {
        expectEqual(listed[note.id], note.content, `the content of ${note.id}`);
      }
    }
  },
  // A server that counts the notes of each dossier from one.
  liar: (fetch, name) => {
    const counts = new Map<unknown, number>();
    const bend = onData(['createDossierNote'], (note) => {
      const count = (counts.get(note['dossier_id']) ?? 0) + 1;
      counts.set(note['dossier_id'], count);
      note['id'] = `note-${String(count)}`;
    });
    return bend(fetch, name);
  },
});

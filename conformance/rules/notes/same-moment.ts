import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

/** Out of order by text, by length and by the numbers in it, forwards and backwards. */
const said = [
  ...['Mail sent', '10 were asked', 'zoom call, which lasted for an hour', '9 came'],
  ...['an answer', 'Offer', '2 declined, for various reasons', 'Called', 'X', 'Zwolle'],
];

export default defineRule({
  id: 'notes/same-moment',
  level: 'SHOULD',
  verifies: ['LG-NOT-003'],
  sentence: 'Notes of the same moment are listed in the order in which they were added.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({ type: 'sales', name: 'With a quick talk' });
    const added: string[] = [];
    for (const [index, content] of said.entries()) {
      const draft = { content, is_internal: index % 3 !== 1 };
      added.push((await addNote(world, home, dossier, draft)).id);
    }
    const listed = (await notesOn(world, home, dossier)).map(({ id }) => id);
    const ours = listed.filter((id) => added.includes(id));
    expectEqual(ours, added, 'the ids of the notes');
  },
  // A server that orders by the moment alone and leaves the rest to its ids.
  liar: onPage(['listDossierNotes'], ({ data }) => {
    const keyOf = (note: (typeof data)[number]) =>
      `${String(note['created_at'])} ${String(note['id'])}`;
    data.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }),
});

import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/same-moment',
  level: 'SHOULD',
  verifies: ['LG-NOT-003'],
  sentence: 'Notes of the same moment are listed in the order in which they were added.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({ type: 'sales', name: 'With a quick talk' });
    const said = Array.from({ length: 12 }, (_, index) => `${String(index + 1)} of 12`);
    const added: string[] = [];
    for (const content of said) added.push((await addNote(world, home, dossier, { content })).id);
    const listed = (await notesOn(world, home, dossier)).map(({ id }) => id);
    const ours = listed.filter((id) => added.includes(id));
    expectEqual(ours, added, 'the ids of the notes');
  },
  // A server that orders by the moment alone and leaves the rest to its ids.
  liar: onPage(['listDossierNotes'], ({ data }) => {
    data.sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
  }),
});

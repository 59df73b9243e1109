import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';
import { addNote, notesOn } from '../../world/notes.ts';

/** So that two moments differ even where they are told to the second, in seconds. */
const pause = 1.1;

export default defineRule({
  id: 'notes/order',
  level: 'MUST',
  verifies: ['LG-NOT-002', 'LG-NOT-007'],
  sentence: 'Notes are listed from the earliest to the latest, and a new one is the last of them.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier } = await home.createDossier({ type: 'sales', name: 'With a timeline' });
    // In whatever way one sorts by who may read them, the moments are out of order.
    for (const [index, is_internal] of [false, true, false].entries()) {
      if (index > 0) await world.wait(pause);
      const draft = { content: `Called ${String(index + 1)} times`, is_internal };
      const { id } = await addNote(world, home, dossier, draft);
      const listed = await notesOn(world, home, dossier);
      const moments = listed.map(({ created_at }) => instantOf(created_at));
      const told = () => listed.map(({ created_at }) => created_at);
      const ascending = moments.every((moment, at) => moment >= (moments[at - 1] ?? moment));
      expectThat(ascending, 'notes by ascending created_at', told);
      const place = listed.findIndex((note) => note.id === id);
      expectThat(moments[place] === moments.at(-1), `the note ${id} as the last one`, told);
    }
  },
  // A server that shows the latest first, as it does with dossiers.
  liar: onPage(['listDossierNotes'], ({ data }) => {
    data.reverse();
  }),
});

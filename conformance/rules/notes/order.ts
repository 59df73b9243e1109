import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';
import { addNote, notesOn, type NewNote, type Note } from '../../world/notes.ts';

/** So that two moments differ even where they are shown to the second, in seconds. */
const pause = 1.1;

/**
 * What is added to each dossier, from first to last: out of order by text, length, numbers and
 * who may read it, forwards and backwards. Ids are out of order in one of the dossiers at least.
 */
const timelines: readonly (readonly NewNote[])[] = [
  [
    { content: 'Mail sent', is_internal: false },
    { content: 'zoom call', is_internal: true },
    { content: 'Alinea sent back, with many remarks', is_internal: false },
    { content: 'Offer', is_internal: true },
    { content: 'Did 10 interviews', is_internal: false },
  ],
  [
    { content: '10 candidates were left', is_internal: true },
    { content: '9 of them', is_internal: false },
    { content: 'Zwolle was too far away for one of them', is_internal: false },
    { content: 'an answer came', is_internal: true },
    { content: '2 are left', is_internal: true },
  ],
  [
    { content: 'Second talk', is_internal: true },
    { content: 'About the salary: see the mail of today', is_internal: true },
    { content: 'zzz', is_internal: false },
    { content: 'No reply yet', is_internal: true },
    { content: 'Called', is_internal: false },
  ],
];

const rounds = Math.max(...timelines.map(({ length }) => length));

/** Whether those that the rule has added follow one another; of one moment in any order (LG-NOT-003). */
const areAsAdded = (listed: readonly Note[], added: readonly string[]): boolean => {
  const own = listed.filter(({ id }) => added.includes(id));
  return own.slice(1).every(({ id, created_at }, index) => {
    const before = own[index] as Note;
    const isSameMoment = instantOf(created_at) === instantOf(before.created_at);
    return isSameMoment || added.indexOf(before.id) < added.indexOf(id);
  });
};

export default defineRule({
  id: 'notes/order',
  level: 'MUST',
  verifies: ['LG-NOT-002', 'LG-NOT-007'],
  sentence: 'Notes are listed from the earliest to the latest, and a new one is the last of them.',
  needs: [],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const names = timelines.map((_, index) => `With timeline ${String(index + 1)}`);
    const dossiers = await home.createDossiers(names.map((name) => ({ type: 'sales', name })));
    const added: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0) await world.wait(pause);
      for (const [index, { id: dossier }] of dossiers.entries()) {
        const draft = timelines[index]?.[round];
        if (!draft) continue;
        added.push((await addNote(world, home, dossier, draft)).id);
        const listed = await notesOn(world, home, dossier);
        const moments = listed.map(({ created_at }) => instantOf(created_at));
        const shown = () => listed.map(({ content, created_at }) => ({ content, created_at }));
        const ascending = moments.every((moment, at) => moment >= (moments[at - 1] ?? moment));
        expectThat(ascending, 'notes by ascending created_at', shown);
        expectThat(areAsAdded(listed, added), 'notes in the order in which they were added', shown);
        const place = listed.findIndex(({ id }) => id === added.at(-1));
        expectThat(moments[place] === moments.at(-1), 'the new note as the last one', shown);
      }
    }
  },
  // A server that goes by the date, and within a day by the text.
  liar: onPage(['listDossierNotes'], ({ data }) => {
    data.sort((a, b) => (String(a['content']) < String(b['content']) ? -1 : 1));
  }),
});

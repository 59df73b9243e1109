import { expectPaged, idsInWholeList } from '../../assertions/lists.ts';
import { instantOf } from '../../assertions/timestamps.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import type { NewNote, Note } from '../../contract/resources.ts';
import { answerForFirstPath } from '../../faults/applied-requests.ts';
import { ignoreQueryParameters, onPage } from '../../faults/inject.ts';
import { createContact } from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import { addNote, notesOfDossier } from '../../fixtures/links-and-notes.ts';

const listing = defineRule({
  id: 'notes/listing',
  level: 'MUST',
  verifies: ['LG-NOT-001'],
  sentence:
    'Listing the notes of a dossier returns all of its notes, internal or not, and none of another.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['With many notes', 'With one note', 'Without notes'];
    // One contact, whose dossiers still have separate notes.
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const drafts = names.map((name) => ({ type: 'candidate', name, contact_id }) as const);
    const dossiers = (await createDossiers(org, drafts)).map(({ id }) => id);
    const list = async (dossier: string) => {
      const notes = { org, operation: 'listDossierNotes', dossier, key: 'id' } as const;
      return (await idsInWholeList(context, notes)).sort();
    };
    const expected = await Promise.all(dossiers.map(list));
    const add = async (index: number, content: string, is_internal: boolean) => {
      const { id } = await addNote(org, dossiers[index] ?? '', { content, is_internal });
      expected[index]?.push(id);
    };
    for (const is_internal of [true, false, false, true]) {
      await add(0, `A note that ${is_internal ? 'stays inside' : 'is shared'}`, is_internal);
    }
    // More than fit on a page: all must be reachable, at once or page by page (LG-NOT-006).
    const { size } = pageSizes(context.contract, 'listDossierNotes');
    for (let more = 1; more <= size; more += 1) await add(0, `One more, ${String(more)}`, true);
    await add(1, 'The only note', false);
    for (const [index, dossier] of dossiers.entries()) {
      const ids = await list(dossier);
      expectEqual(ids, expected[index]?.sort(), `the notes of dossier ${String(index + 1)}`);
    }
  },
  // A server that lists the notes of another dossier.
  fault: answerForFirstPath('listDossierNotes'),
});

const pages = defineRule({
  id: 'notes/pages',
  level: 'SHOULD',
  verifies: ['LG-NOT-006'],
  sentence: '`page` and `per_page` work for notes as for dossiers.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { size } = pageSizes(context.contract, 'listDossierNotes');
    const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
    for (let number = 1; number <= size + 2; number += 1) {
      await addNote(org, id, { content: `Note ${String(number)}` });
    }
    const list = { org, operation: 'listDossierNotes', dossier: id, key: 'id' } as const;
    await expectPaged(context, list, size + 2);
  },
  fault: ignoreQueryParameters('listDossierNotes', 'page', 'per_page'),
});

/** In seconds, so that two times differ even if they have whole seconds. */
const pause = 1.1;

/**
 * The notes of each dossier, in order: not sorted by text, length, numbers or is_internal, in
 * either direction. In at least one dossier the ids aren't sorted either.
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

/**
 * Whether the rule's own notes are in order; those with the same time may be in any order
 * (LG-NOT-003).
 */
const areAsAdded = (listed: readonly Note[], added: readonly string[]): boolean => {
  const own = listed.filter(({ id }) => added.includes(id));
  return own.slice(1).every(({ id, created_at }, index) => {
    const before = own[index] as Note;
    const isSameMoment = instantOf(created_at) === instantOf(before.created_at);
    return isSameMoment || added.indexOf(before.id) < added.indexOf(id);
  });
};

const order = defineRule({
  id: 'notes/order',
  level: 'MUST',
  verifies: ['LG-NOT-002', 'LG-NOT-007'],
  sentence: 'Notes are listed by ascending `created_at`, and a new note is the last.',
  needs: [],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const names = timelines.map((_, index) => `With timeline ${String(index + 1)}`);
    const dossiers = await createDossiers(
      org,
      names.map((name) => ({ type: 'sales', name })),
    );
    const added: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0) await context.wait(pause);
      for (const [index, { id: dossier }] of dossiers.entries()) {
        const draft = timelines[index]?.[round];
        if (!draft) continue;
        context.about('LG-NOT-007');
        added.push((await addNote(org, dossier, draft)).id);
        const listed = await notesOfDossier(org, dossier);
        const moments = listed.map(({ created_at }) => instantOf(created_at));
        const shown = () => listed.map(({ content, created_at }) => ({ content, created_at }));
        const ascending = moments.every((moment, at) => moment >= (moments[at - 1] ?? moment));
        context.about('LG-NOT-002');
        expectThat(ascending, 'notes by ascending created_at', shown);
        context.about('LG-NOT-007');
        expectThat(areAsAdded(listed, added), 'notes in the order in which they were added', shown);
        const place = listed.findIndex(({ id }) => id === added.at(-1));
        expectThat(moments[place] === moments.at(-1), 'the new note as the last one', shown);
      }
    }
  },
  // A server that sorts by date, and within a day by text.
  fault: onPage(['listDossierNotes'], ({ data }) => {
    data.sort((a, b) => (String(a['content']) < String(b['content']) ? -1 : 1));
  }),
});

/** Not sorted by text, length or the numbers in it, in either direction. */
const said = [
  ...['Mail sent', '10 were asked', 'zoom call, which lasted for an hour', '9 came'],
  ...['an answer', 'Offer', '2 declined, for various reasons', 'Called', 'X', 'Zwolle'],
];

const sameMoment = defineRule({
  id: 'notes/same-moment',
  level: 'SHOULD',
  verifies: ['LG-NOT-003'],
  sentence: 'Notes with the same time are listed in the order in which they were added.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: dossier } = await createDossier(org, { type: 'sales', name: 'With quick notes' });
    const added: string[] = [];
    for (const [index, content] of said.entries()) {
      const draft = { content, is_internal: index % 3 !== 1 };
      added.push((await addNote(org, dossier, draft)).id);
    }
    const listed = (await notesOfDossier(org, dossier)).map(({ id }) => id);
    const ours = listed.filter((id) => added.includes(id));
    expectEqual(ours, added, 'the ids of the notes');
  },
  // A server that sorts by time, and notes with the same time by id.
  fault: onPage(['listDossierNotes'], ({ data }) => {
    const keyOf = (note: (typeof data)[number]) =>
      `${String(note['created_at'])} ${String(note['id'])}`;
    data.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }),
});

export default [listing, pages, order, sameMoment] satisfies readonly Rule[];

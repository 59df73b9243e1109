import { stickToFirstPath } from '../../liars/ruts.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { wholeList } from '../../world/dossier-parts.ts';
import { addNote } from '../../world/notes.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'notes/listing',
  level: 'MUST',
  verifies: ['LG-NOT-001'],
  sentence: 'A dossier lists all of its notes, internal ones and others, and no note of another.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['With many notes', 'With one note', 'Without notes'];
    // One person, whose dossiers still have each their own notes.
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const drafts = names.map((name) => ({ type: 'candidate', name, contact_id }) as const);
    const dossiers = (await home.createDossiers(drafts)).map(({ id }) => id);
    const list = async (dossier: string) => {
      const notes = { home, operation: 'listDossierNotes', dossier, key: 'id' } as const;
      return (await wholeList(world, notes)).sort();
    };
    const expected = await Promise.all(dossiers.map(list));
    const add = async (index: number, content: string, is_internal: boolean) => {
      const { id } = await addNote(world, home, dossiers[index] ?? '', { content, is_internal });
      expected[index]?.push(id);
    };
    for (const is_internal of [true, false, false, true]) {
      await add(0, `A note that ${is_internal ? 'stays inside' : 'is shared'}`, is_internal);
    }
    // More than a page holds: all of them can be reached, at once or page by page (LG-NOT-006).
    const { size } = pageSizes(world.contract, 'listDossierNotes');
    for (let more = 1; more <= size; more += 1) await add(0, `One more, ${String(more)}`, true);
    await add(1, 'The only note', false);
    for (const [index, dossier] of dossiers.entries()) {
      const ids = await list(dossier);
      expectEqual(ids, expected[index]?.sort(), `the notes of dossier ${String(index + 1)}`);
    }
  },
  // A server that lists the notes of whichever dossier.
  liar: stickToFirstPath('listDossierNotes'),
});

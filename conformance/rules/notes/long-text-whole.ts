import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectWholeTexts } from '../../world/long-texts.ts';
import { findNote, type Note } from '../../world/notes.ts';
import { dataOf } from '../../world/organization.ts';

export default defineRule({
  id: 'notes/long-text-whole',
  level: 'MUST',
  verifies: ['LG-NOT-008'],
  sentence: 'A note that is too long is refused, and any other is kept and listed to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'With long notes' });
    await expectWholeTexts(
      world,
      ['content'],
      (body) => home.all.send('createDossierNote', { path: { id }, body }),
      async ({ content = '' }, { json }) => {
        const added = dataOf(json) as Note;
        for (const note of [added, await findNote(world, home, id, added.id)]) {
          const told = () => `${String(note.content.length)} letters, not the same`;
          const isWhole = note.content.normalize('NFC') === content;
          expectThat(isWhole, `the note of ${String(content.length)} letters`, told);
        }
      },
    );
  },
  // A server with a column of 4000 characters, which it fills up without a word.
  liar: onSent(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).slice(0, 4_000),
  })),
});

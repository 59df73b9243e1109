import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { addNote, findNote } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/long-content',
  level: 'SHOULD',
  verifies: ['LG-GEN-042', 'LG-GEN-040'],
  sentence: 'The text of a note is kept to its last character, however long, blanks and all.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a long note' });
    const texts = [
      'Line. '.repeat(20_000),
      ' leading and trailing \r\n',
      'Cafe\u0301 \u212Bngstro\u0308m \uFB01lter',
    ];
    for (const content of texts) {
      const added = await addNote(world, home, id, { content });
      const listed = await findNote(world, home, id, added.id);
      for (const note of [added, listed]) {
        const told = () => `${String(note.content.length)} characters, or others`;
        const what = `the ${String(content.length)} characters that were sent`;
        expectThat(note.content === content, what, told);
      }
    }
  },
  liar: onSent(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).slice(0, 65_535),
  })),
});

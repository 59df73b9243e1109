import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { addNote } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/blank-content',
  level: 'SHOULD',
  verifies: ['LG-NOT-010'],
  sentence: 'A note of white space alone is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With blanks' });
    for (const content of [' ', '\n', '\t \r\n', '\u00A0\u2003']) {
      const request = { path: { id }, body: { content } };
      world.expect.refusal(await home.all.send('createDossierNote', request), 400);
      await addNote(world, home, id, { content: `${content}.` });
    }
  },
  // A server that has a dash for those who say nothing.
  liar: onSent(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).trim() || '–',
  })),
});

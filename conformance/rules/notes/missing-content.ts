import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/missing-content',
  level: 'MUST',
  verifies: ['LG-NOT-009'],
  sentence: 'A note without a text, or with an empty one, is refused and not added.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Without a word' });
    const ids = async () => (await notesOn(world, home, id)).map((note) => note.id);
    for (const is_internal of [undefined, true, false]) {
      const before = await ids();
      for (const content of [undefined, '']) {
        const request = { path: { id }, body: { content, is_internal } };
        world.expect.refusal(await home.all.send('createDossierNote', request), 400);
      }
      expectEqual(await ids(), before, 'the same notes as before,');
      const twin = { content: 'A word', ...(is_internal === undefined ? {} : { is_internal }) };
      await addNote(world, home, id, twin);
    }
  },
  // A server that has a word for those who say nothing.
  liar: onSent(['createDossierNote'], (body) => ({ content: '(empty)', ...body })),
});

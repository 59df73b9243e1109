import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { eventsAbout, expectEvent, letPass, listen } from '../../world/events.ts';
import { addNote } from '../../world/notes.ts';

export default defineRule({
  id: 'webhooks/note-once',
  level: 'MUST',
  verifies: ['LG-WEB-023'],
  sentence: 'Adding a note sends note.created a single time.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id: dossier } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const ids: string[] = [];
    for (const is_internal of [true, false]) {
      ids.push((await addNote(world, home, dossier, { content: 'Called.', is_internal })).id);
    }
    for (const id of ids) await expectEvent(inbox, 'note.created', id);
    await letPass(home, inbox);
    for (const id of ids) {
      const [, ...more] = eventsAbout(inbox, id, 'note.created');
      await expectNone(world, inbox, more, `one note.created about ${id}`);
    }
  },
  // A server that sends one for the author and one for the dossier.
  deliveryLiar: sendBeside(
    ({ type }) => type === 'note.created',
    ({ type }) => type,
  ),
});

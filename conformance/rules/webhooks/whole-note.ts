import { aText } from '../../arbitraries/text.ts';
import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, findNote } from '../../world/notes.ts';

export default defineRule({
  id: 'webhooks/whole-note',
  level: 'SHOULD',
  verifies: ['LG-WEB-027'],
  sentence: 'note.created has the whole note in data.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    await world.property([aText()], async (content) => {
      const dossier = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
      const { id } = await addNote(world, home, dossier.id, { content, is_internal: false });
      const { event } = await expectEvent(inbox, 'note.created', id);
      const listed = await findNote(world, home, dossier.id, id);
      expectEqual(event?.data, listed, 'data of note.created as the note is listed,');
    });
  },
  deliveryLiar: onEvent(({ type, data }) => {
    if (type === 'note.created') delete data['content'];
  }),
});

import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { addNote } from '../../world/notes.ts';

export default defineRule({
  id: 'webhooks/note',
  level: 'MUST',
  verifies: ['LG-WEB-023'],
  sentence: 'Adding a note to a dossier sends note.created, whether the note is internal or not.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id: dossier } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const drafts = fc.record(
      { content: aText(), is_internal: fc.boolean() },
      { requiredKeys: ['content'] },
    );
    await world.property([drafts], async (draft) => {
      const { id } = await addNote(world, home, dossier, draft);
      await expectEvent(inbox, 'note.created', id);
    });
  },
  // A server that keeps internal notes to itself.
  deliveryLiar: forget(({ type, data }) => type === 'note.created' && data['is_internal'] === true),
});

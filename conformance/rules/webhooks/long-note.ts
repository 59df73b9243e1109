import { onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { expectWholeTexts } from '../../world/long-texts.ts';
import type { Note } from '../../world/notes.ts';
import { dataOf } from '../../world/organization.ts';
import { expectSigned } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/long-note',
  level: 'MUST',
  verifies: ['LG-WEB-023', 'LG-SIG-006'],
  sentence: 'A note sends note.created however long it is, with a signature of all of the body.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'With long notes' });
    await expectWholeTexts(
      world,
      ['content'],
      (body) => home.all.send('createDossierNote', { path: { id }, body }),
      async (_, { json }) => {
        const note = dataOf(json) as Note;
        const delivery = await expectEvent(inbox, 'note.created', note.id);
        expectSigned(world, delivery, inbox.secret);
      },
    );
  },
  // A server whose queue takes messages up to a size.
  deliveryLiar: onDelivery((delivery) => (delivery.body.length > 4_096 ? [] : [delivery])),
});

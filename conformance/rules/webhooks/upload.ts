import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onReceiver, eventOf } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvents, listen } from '../../world/events.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'webhooks/upload',
  level: 'MUST',
  verifies: ['LG-WEB-014'],
  sentence: 'Uploading a CV in either way sends dossier.updated, the first one and the next.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const upload of uploads) {
      for (const { id } of await home.createDossiers(plainDossiers(1))) {
        await upload.succeed(world, home, id, aCv());
        await expectEvents(inbox, 'dossier.updated', id, 1);
        await upload.succeed(world, home, id, aCv(pdf(2_000)));
        await expectEvents(inbox, 'dossier.updated', id, 2);
      }
    }
  },
  // A server to which a file in place of another changes no field.
  deliveryLiar: onReceiver((receiver) => {
    const updated = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOf(delivery);
        if (type === 'dossier.updated' && updated.has(data['id'])) return;
        if (type === 'dossier.updated') updated.add(data['id']);
        receiver.receive(delivery);
      },
    };
  }),
});

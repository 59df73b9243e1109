import { onReceiver, eventOf } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvents, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/every-change',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Each change of the same field of a dossier sends dossier.updated, however soon.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Renamed in haste' });
    for (const [index, name] of ['Noor', 'Iris', 'Noor', 'Zoë', 'Iris'].entries()) {
      await change(world, home, id, { name });
      // One that has come is not held back to be told together with the next.
      await expectEvents(inbox, 'dossier.updated', id, index + 1);
    }
  },
  // A server that tells one change of a dossier in a while.
  deliveryLiar: onReceiver((receiver) => {
    const told = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOf(delivery);
        if (type === 'dossier.updated' && told.has(data['id'])) return;
        if (type === 'dossier.updated') told.add(data['id']);
        receiver.receive(delivery);
      },
    };
  }),
});

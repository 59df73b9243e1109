import { eventOf } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent } from '../../world/events.ts';
import { causeEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/every-endpoint',
  level: 'SHOULD',
  verifies: ['LG-WEB-035'],
  sentence: 'Every endpoint of an organisation gets all kinds of events.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (world) => {
    const home = await world.organization();
    const inboxes = [await home.inbox(), await home.inbox()];
    const caused = await causeEvery(world, home, 'Noor Bakker');
    for (const inbox of inboxes) {
      for (const { type, id } of caused) await expectEvent(inbox, type, id);
    }
  },
  // A server that keeps the notes from all but the first.
  deliveryLiar: (sink) => {
    let opened = 0;
    return {
      ...sink,
      open: (receiver) => {
        opened += 1;
        if (opened === 1) return sink.open(receiver);
        return sink.open({
          ...receiver,
          receive: (delivery) => {
            if (eventOf(delivery).type !== 'note.created') receiver.receive(delivery);
          },
        });
      },
    };
  },
});

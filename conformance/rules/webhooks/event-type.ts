import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { eventsAbout } from '../../world/events.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/event-type',
  level: 'MUST',
  verifies: ['LG-WEB-006'],
  sentence: 'Each event names in type which of the documented ones it is.',
  needs: ['webhooks'],
  check: async (world) => {
    const { inbox, caused } = await receiveEvery(world);
    const known: readonly unknown[] = world.contract.events;
    for (const delivery of caused.flatMap(({ id }) => eventsAbout(inbox, id))) {
      const { type } = delivery.event ?? {};
      if (!known.includes(type)) inbox.show(delivery);
      expectThat(known.includes(type), 'a documented type of event', () => type);
    }
  },
  // A server that gives two names to what moves.
  deliveryLiar: onEvent((event) => {
    if (event.type === 'dossier.stage_changed') event.type = 'dossier.moved';
  }),
});

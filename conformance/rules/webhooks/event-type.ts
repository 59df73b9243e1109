import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { eventsAbout } from '../../world/events.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/event-type',
  level: 'MUST',
  verifies: ['LG-WEB-006'],
  sentence: 'Each documented event names in type which one it is.',
  needs: ['webhooks'],
  check: async (world) => {
    const { inbox, caused } = await receiveEvery(world);
    // Events of other types may be told beside them.
    for (const { type, id } of caused) {
      if (!inbox.types.includes(type)) continue;
      const told = eventsAbout(inbox, id).map(({ event }) => event?.type);
      expectThat(told.includes(type), `an event of the type ${type} about ${id}`, () => told);
    }
  },
  // A server that gives two names to what moves.
  deliveryLiar: onEvent((event) => {
    if (event.type === 'dossier.stage_changed') event.type = 'dossier.moved';
  }),
});

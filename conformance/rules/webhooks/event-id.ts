import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEventId } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/event-id',
  level: 'MUST',
  verifies: ['LG-WEB-004'],
  sentence: 'Each event has an id that begins with evt_.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    deliveries.forEach(expectEventId);
  },
  deliveryLiar: onEvent((event) => {
    event.id = event.id.replace('evt_', '');
  }),
});

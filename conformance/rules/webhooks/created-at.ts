import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectCreatedAt } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Each event tells in created_at a moment in UTC, written as ISO 8601.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) expectCreatedAt(world.contract, delivery);
  },
  deliveryLiar: onEvent((event) => {
    Object.assign(event, { created_at: Date.parse(event.created_at) / 1000 });
  }),
});

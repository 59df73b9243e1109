import { onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/post',
  level: 'MUST',
  verifies: ['LG-WEB-002'],
  sentence: 'Each event is sent to the endpoint as a POST request.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const { method, event } of deliveries) {
      expectEqual(method, 'POST', `the method of ${String(event?.type)}`);
    }
  },
  deliveryLiar: onDelivery((delivery) => [{ ...delivery, method: 'PUT' }]),
});

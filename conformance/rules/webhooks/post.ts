import { onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectPost } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/post',
  level: 'MUST',
  verifies: ['LG-WEB-002'],
  sentence: 'Each event is sent to the endpoint as a POST request.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    deliveries.forEach(expectPost);
  },
  deliveryLiar: onDelivery((delivery) => [{ ...delivery, method: 'PUT' }]),
});

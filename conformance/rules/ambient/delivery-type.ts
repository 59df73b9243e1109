import { sendPing } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectType } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-type',
  level: 'MUST',
  verifies: ['LG-WEB-006'],
  sentence: 'Every event that is sent to an endpoint names its type.',
  inspect: ({ delivery }) => {
    if (!delivery.event) return false;
    expectType(delivery);
    return true;
  },
  // A server whose pings name none.
  deliveryLiar: sendPing({ type: undefined }),
});

import { sendPing } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectCreatedAt } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Every event that is sent to an endpoint has a timestamp in UTC as created_at.',
  inspect: ({ delivery }, { contract }) => {
    if (!delivery.event) return false;
    expectCreatedAt(contract, delivery);
    return true;
  },
  // A server that dates its pings in seconds.
  deliveryLiar: sendPing({ created_at: 1_776_254_650 }),
});

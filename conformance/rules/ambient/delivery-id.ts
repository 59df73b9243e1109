import { sendPing } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectEventId } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-id',
  level: 'MUST',
  verifies: ['LG-WEB-004'],
  sentence:
    'Every event that is sent to an endpoint, of whatever type, has an id that begins with evt_.',
  inspect: ({ delivery }) => {
    if (!delivery.event) return false;
    expectEventId(delivery);
    return true;
  },
  // A server that numbers its pings.
  deliveryLiar: sendPing({ id: '1' }),
});

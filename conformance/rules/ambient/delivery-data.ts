import { sendPing } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectData } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-data',
  level: 'MUST',
  verifies: ['LG-WEB-009'],
  sentence:
    'Every event that is sent to an endpoint has an object as data, with an id if it is documented.',
  inspect: ({ delivery }, { contract }) => {
    if (!delivery.event) return false;
    expectData(contract, delivery);
    return true;
  },
  // A server whose pings are about nothing.
  deliveryLiar: sendPing({ data: null }),
});

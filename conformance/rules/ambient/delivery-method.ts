import { sendAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectPost } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-method',
  level: 'MUST',
  verifies: ['LG-WEB-002'],
  sentence: 'Whatever is sent to an endpoint is sent by POST.',
  inspect: ({ delivery }) => {
    expectPost(delivery);
    return true;
  },
  // A server that looks whether the endpoint is there.
  deliveryLiar: sendAlong(() => ({ method: 'GET', body: new Uint8Array() })),
});

import { sendAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectJsonObject } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-json',
  level: 'MUST',
  verifies: ['LG-WEB-003'],
  sentence: 'Whatever is sent to an endpoint is a JSON object, announced as application/json.',
  inspect: ({ delivery }) => {
    // These have no body, and are judged by their method.
    if (['GET', 'HEAD'].includes(delivery.method) || delivery.tooLarge) return false;
    expectJsonObject(delivery);
    return true;
  },
  // A server that writes a second body, and not to its end.
  deliveryLiar: sendAlong(() => ({ body: new TextEncoder().encode('[[[[') })),
});

import { sendAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectSignatureHeader } from '../../world/delivery-form.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-signature-header',
  level: 'MUST',
  verifies: ['LG-SIG-001'],
  sentence: 'Whatever is sent to an endpoint carries the header of the signature.',
  inspect: ({ delivery }, { contract }) => {
    expectSignatureHeader(contract, delivery);
    return true;
  },
  // A server with a second sender that signs nothing.
  deliveryLiar: sendAlong(({ headers: { 'x-leadgrid-signature': _, ...headers } }) => ({
    headers,
  })),
});

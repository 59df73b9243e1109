import { sendSignedAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { readSignature } from '../../world/signature.ts';
import { expectSigned, signatureOf } from '../../world/signed.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-signature',
  level: 'MUST',
  verifies: ['LG-SIG-003', 'LG-SIG-004'],
  sentence:
    'Whatever is sent to an endpoint is signed with its secret, over the timestamp and the body.',
  inspect: ({ delivery, secret }, { contract }) => {
    if (delivery.tooLarge) return false;
    // Where it can't be read, that is the finding of another rule.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectSigned({ contract }, delivery, secret);
    return true;
  },
  // A second sender that knows another secret.
  deliveryLiar: sendSignedAlong((header) => header.replace(/v1=.*/, `v1=${'0'.repeat(64)}`)),
});

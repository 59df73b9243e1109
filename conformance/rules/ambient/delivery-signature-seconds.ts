import { sendSignedAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectSeconds } from '../../world/delivery-form.ts';
import { readSignature } from '../../world/signature.ts';
import { signatureOf } from '../../world/signed.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-signature-seconds',
  level: 'MUST',
  verifies: ['LG-SIG-008'],
  sentence: 'Every signature of a webhook request has whole seconds since 1970 as its timestamp.',
  inspect: ({ delivery }, { contract }) => {
    // Where it can't be read, that is the finding of another rule.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectSeconds(contract, delivery);
    return true;
  },
  // A second sender that counts milliseconds.
  deliveryLiar: sendSignedAlong((header) => header.replace(/t=\d+/, (part) => `${part}000`)),
});

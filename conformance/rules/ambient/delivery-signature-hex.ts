import { sendSignedAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectHex } from '../../world/delivery-form.ts';
import { readSignature } from '../../world/signature.ts';
import { signatureOf } from '../../world/signed.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-signature-hex',
  level: 'MUST',
  verifies: ['LG-SIG-005'],
  sentence: 'Every signature of a webhook request is written in 64 lower-case hexadecimal digits.',
  inspect: ({ delivery }, { contract }) => {
    // Where it can't be read, that is the finding of another rule.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectHex(contract, delivery);
    return true;
  },
  // A second sender that writes capitals.
  deliveryLiar: sendSignedAlong((header) =>
    header.replace(/v1=.*/, (part) => `v1=${part.slice(3).toUpperCase()}`),
  ),
});

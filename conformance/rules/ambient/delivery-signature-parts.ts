import { sendSignedAlong } from '../../liars/deliveries.ts';
import { defineDeliveryRule } from '../../rule.ts';
import { expectPartsApart } from '../../world/delivery-form.ts';
import { signatureOf } from '../../world/signed.ts';

export default defineDeliveryRule({
  id: 'ambient/delivery-signature-parts',
  level: 'MUST',
  verifies: ['LG-SIG-002'],
  sentence: 'Every signature of a webhook request has parts name=value, t and v1 among them.',
  inspect: ({ delivery }, { contract }) => {
    // Where there is none, that is the finding of another rule.
    if (!signatureOf({ contract }, delivery)) return false;
    expectPartsApart(contract, delivery);
    return true;
  },
  // A second sender that names the parts its own way.
  deliveryLiar: sendSignedAlong((header) => header.replace('v1=', 'sha256=')),
});

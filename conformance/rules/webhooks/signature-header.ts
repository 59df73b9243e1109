import { onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectSignatureHeader } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/signature-header',
  level: 'MUST',
  verifies: ['LG-SIG-001'],
  sentence: 'Each delivery carries the header of the signature.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) expectSignatureHeader(world.contract, delivery);
  },
  deliveryLiar: onDelivery(({ headers, ...delivery }) => {
    const { 'x-leadgrid-signature': signature = '', ...others } = headers;
    return [{ ...delivery, headers: { ...others, 'x-hub-signature': signature } }];
  }),
});

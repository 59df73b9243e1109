import { onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { signatureOf } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-header',
  level: 'MUST',
  verifies: ['LG-SIG-001'],
  sentence: 'Each delivery carries the header of the signature.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) {
      const header = signatureOf(world, delivery);
      const what = `the header of the signature with ${String(delivery.event?.type)}`;
      expectThat(Boolean(header), what, () => Object.keys(delivery.headers));
    }
  },
  deliveryLiar: onDelivery(({ headers, ...delivery }) => {
    const { 'x-leadgrid-signature': signature = '', ...others } = headers;
    return [{ ...delivery, headers: { ...others, 'x-hub-signature': signature } }];
  }),
});

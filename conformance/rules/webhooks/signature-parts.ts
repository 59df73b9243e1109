import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectParts, signatureOf } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-parts',
  level: 'MUST',
  verifies: ['LG-SIG-002'],
  sentence: 'The signature consists of parts name=value, t and v1 among them, and no white space.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) {
      expectParts(world, delivery);
      const header = signatureOf(world, delivery) ?? '';
      const apart = header.split(',').every((part) => /^[^\s=]+=\S+$/.test(part));
      expectThat(apart, 'parts name=value, separated by commas', () => header);
    }
  },
  deliveryLiar: onHeader('x-leadgrid-signature', (header) => header.replaceAll(',', ', ')),
});

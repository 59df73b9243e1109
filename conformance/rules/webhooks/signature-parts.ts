import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectPartsApart } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/signature-parts',
  level: 'MUST',
  verifies: ['LG-SIG-002'],
  sentence: 'The signature consists of parts name=value, t and v1 among them, and no white space.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) expectPartsApart(world.contract, delivery);
  },
  deliveryLiar: onHeader('x-leadgrid-signature', (header) => header.replaceAll(',', ', ')),
});

import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectParts } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-two-parts',
  level: 'SHOULD',
  verifies: ['LG-SIG-010'],
  sentence: 'The signature has the parts t and v1, in this order, and no others.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) {
      const { names } = expectParts(world, delivery);
      expectEqual(names, ['t', 'v1'], 'the parts');
    }
  },
  deliveryLiar: onHeader('x-leadgrid-signature', (header) => `${header},v0=6ffbb59b`),
});

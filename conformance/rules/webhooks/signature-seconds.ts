import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectSeconds } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/signature-seconds',
  level: 'MUST',
  verifies: ['LG-SIG-008'],
  sentence: 'The timestamp of a signature is a number of whole seconds since 1970.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) expectSeconds(world.contract, delivery);
  },
  // A server that tells milliseconds.
  deliveryLiar: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/t=(\d+)/, (part) => `${part}000`),
  ),
});

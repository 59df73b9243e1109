import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectHex } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/signature-hex',
  level: 'MUST',
  verifies: ['LG-SIG-005'],
  sentence: 'The signature is written in 64 lower-case hexadecimal digits.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) expectHex(world.contract, delivery);
  },
  deliveryLiar: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/v1=(\w+)/, (_, digits: string) => `v1=${digits.toUpperCase()}`),
  ),
});

import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectParts } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-hex',
  level: 'MUST',
  verifies: ['LG-SIG-005'],
  sentence: 'The signature is written in 64 lower-case hexadecimal digits.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) {
      const { v1 } = expectParts(world, delivery);
      expectThat(/^[0-9a-f]{64}$/.test(v1), '64 lower-case hexadecimal digits', () => v1);
    }
  },
  deliveryLiar: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/v1=(\w+)/, (_, digits: string) => `v1=${digits.toUpperCase()}`),
  ),
});

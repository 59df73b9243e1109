import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';
import { expectParts } from '../../world/signed.ts';

const day = 86_400;

export default defineRule({
  id: 'webhooks/signature-seconds',
  level: 'MUST',
  verifies: ['LG-SIG-008'],
  sentence: 'The timestamp of a signature is a number of whole seconds since 1970.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const delivery of deliveries) {
      const { t } = expectParts(world, delivery);
      expectThat(/^\d+$/.test(t), 'a number of whole seconds', () => t);
      // Of which moment it tells is a matter of decisions; milliseconds would be millennia off.
      const created = instantOf(String(delivery.event?.created_at)) / 1000;
      const near = Math.abs(Number(t) - created) < day;
      expectThat(near, `seconds since 1970, about ${String(created)}`, () => t);
    }
  },
  // A server that tells milliseconds.
  deliveryLiar: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/t=(\d+)/, (part) => `${part}000`),
  ),
});

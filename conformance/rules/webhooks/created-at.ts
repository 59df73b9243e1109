import { schemaAt } from '../../../openapi/contract.ts';
import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';

export default defineRule({
  id: 'webhooks/created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Each event tells in created_at a moment in UTC, written as ISO 8601.',
  needs: ['webhooks'],
  check: async (world) => {
    const { pattern } = schemaAt(world.contract, '#/components/schemas/Timestamp');
    const form = new RegExp(String(pattern));
    const { deliveries } = await receiveEvery(world);
    for (const { event } of deliveries) {
      const { type, created_at: moment } = event ?? {};
      const isOne =
        typeof moment === 'string' && form.test(moment) && !Number.isNaN(instantOf(moment));
      expectThat(isOne, `a timestamp as created_at of ${String(type)}`, () => moment);
    }
  },
  deliveryLiar: onEvent((event) => {
    Object.assign(event, { created_at: Date.parse(event.created_at) / 1000 });
  }),
});

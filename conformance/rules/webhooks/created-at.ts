import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { timestampsOf } from '../../world/instant.ts';

export default defineRule({
  id: 'webhooks/created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Each event tells in created_at a moment in UTC, written as ISO 8601.',
  needs: ['webhooks'],
  check: async (world) => {
    const isTimestamp = timestampsOf(world.contract);
    const { deliveries } = await receiveEvery(world);
    for (const { event } of deliveries) {
      const { type, created_at: moment } = event ?? {};
      expectThat(isTimestamp(moment), `a timestamp as created_at of ${String(type)}`, () => moment);
    }
  },
  deliveryLiar: onEvent((event) => {
    Object.assign(event, { created_at: Date.parse(event.created_at) / 1000 });
  }),
});

import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';
import { timestampsOf } from '../../world/instant.ts';
import { momentsIn } from '../../world/moments.ts';

export default defineRule({
  id: 'webhooks/timestamps',
  level: 'MUST',
  verifies: ['LG-GEN-008'],
  sentence: 'What events tell of their subjects has its moments in UTC too, written as ISO 8601.',
  needs: ['webhooks'],
  check: async (world) => {
    const isTimestamp = timestampsOf(world.contract);
    const { deliveries } = await receiveEvery(world);
    for (const { event } of deliveries) {
      // Which fields of its subject an event has is a matter of decisions.
      for (const moment of momentsIn(event?.data)) {
        if (moment === null) continue;
        expectThat(
          isTimestamp(moment),
          `a timestamp in data of ${asText(event?.type)}`,
          () => moment,
        );
      }
    }
  },
  // A server that tells events in its own local time.
  deliveryLiar: onEvent(({ data }) => {
    data['created_at'] = String(data['created_at']).replace('Z', '+02:00');
  }),
});

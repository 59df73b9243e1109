import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/event-id',
  level: 'MUST',
  verifies: ['LG-WEB-004'],
  sentence: 'Each event has an id that begins with evt_.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries } = await receiveEvery(world);
    for (const { event } of deliveries) {
      const id = event?.id;
      const isOne = typeof id === 'string' && /^evt_./.test(id);
      expectThat(isOne, `an id evt_… in ${String(event?.type)}`, () => id);
    }
  },
  deliveryLiar: onEvent((event) => {
    event.id = event.id.replace('evt_', '');
  }),
});

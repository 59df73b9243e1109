import { awkwardTexts } from '../../arbitraries/text.ts';
import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectJsonObject } from '../../world/delivery-form.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/json-body',
  level: 'MUST',
  verifies: ['LG-WEB-003'],
  sentence: 'The body of each delivery is a JSON object, announced as application/json.',
  needs: ['webhooks'],
  check: async (world) => {
    // What is no object was never found to be the event that it waits for.
    const { deliveries } = await receiveEvery(world, awkwardTexts.slice(0, 6).join(' '));
    deliveries.forEach(expectJsonObject);
  },
  deliveryLiar: onHeader('content-type', () => 'application/x-www-form-urlencoded'),
});

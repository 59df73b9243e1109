import { isUtf8 } from 'node:buffer';
import { awkwardTexts } from '../../arbitraries/text.ts';
import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/json-body',
  level: 'MUST',
  verifies: ['LG-WEB-003'],
  sentence: 'The body of each delivery is a JSON object, announced as application/json.',
  needs: ['webhooks'],
  check: async (world) => {
    // What is no object was never found to be the event that it waits for.
    const { deliveries } = await receiveEvery(world, awkwardTexts.slice(0, 6).join(' '));
    for (const { headers, body } of deliveries) {
      expectThat(isUtf8(body), 'a body in UTF-8, as all JSON', () => 'other bytes');
      const type = headers['content-type'] ?? 'none';
      const announced = /^application\/json\s*(;|$)/i.test(type);
      expectThat(announced, 'the media type application/json', () => type);
    }
  },
  deliveryLiar: onHeader('content-type', () => 'application/x-www-form-urlencoded'),
});

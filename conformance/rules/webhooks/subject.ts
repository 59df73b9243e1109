import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { receiveEvery } from '../../world/every-event.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/subject',
  level: 'MUST',
  verifies: ['LG-WEB-009'],
  sentence: 'Each event has in data the id of the dossier or note that it is about.',
  needs: ['webhooks'],
  check: async (world) => {
    const { deliveries, caused } = await receiveEvery(world);
    for (const { event } of deliveries) {
      const subject = caused.find(({ type }) => type === event?.type);
      expectEqual(event?.data?.['id'], subject?.id, `the id in data of ${asText(event?.type)}`);
    }
  },
  // A server whose note events are about the dossier.
  deliveryLiar: onEvent(({ type, data }) => {
    if (type === 'note.created') data['id'] = data['dossier_id'];
  }),
});

import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { breakOffFirst, expectAttempts } from '../../world/attempts.ts';

export default defineRule({
  id: 'webhooks/broken-off',
  level: 'SHOULD',
  verifies: ['LG-WEB-039'],
  sentence: 'An event is sent again when the connection broke off, and later ones still come.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(breakOffFirst());
    const first = await home.createDossier({ type: 'candidate', name: 'Sent again' });
    const second = await home.createDossier({ type: 'candidate', name: 'Sent after it' });
    // Which of the two it befalls is a matter of order.
    const attempts = [first, second].map(({ id }) =>
      expectAttempts(inbox, 'dossier.created', id, 1),
    );
    await Promise.all(attempts);
    const broken = inbox.deliveries()[0]?.event;
    const { data } = broken ?? {};
    await expectAttempts(inbox, 'dossier.created', asText(data?.['id']), 2);
  },
  // A server that takes no answer for a good one.
  deliveryLiar: onReceiver(({ receive, answer }) => ({
    receive,
    answer: async (delivery) => {
      try {
        return (await answer?.(delivery)) ?? { status: 200 };
      } catch {
        return { status: 200 };
      }
    },
  })),
});

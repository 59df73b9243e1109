import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectAttempts, refuseFirst } from '../../world/attempts.ts';
import { expectThat } from '../../world/expectations.ts';

/** What is shorter is the way to the receiver and back, in milliseconds. */
const shortest = 50;

export default defineRule({
  id: 'webhooks/retries',
  level: 'SHOULD',
  verifies: ['LG-WEB-039'],
  sentence: 'An event that is not received is sent again some times, after growing pauses.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(refuseFirst(2));
    const { id } = await home.createDossier({ type: 'candidate', name: 'Sent again' });
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 3);
    const [first = 0, second = 0, third = 0] = attempts.map(({ arrivedAt }) => arrivedAt);
    const pauses = [second - first, third - second] as const;
    // By a quarter at least, so that an even pace with its jitter isn't taken for growth.
    const grown = pauses[0] >= shortest && pauses[1] > 1.25 * pauses[0];
    expectThat(grown, 'growing pauses', () => pauses.map((pause) => `${String(pause)} ms`));
  },
  // A server that tries again at an even pace.
  deliveryLiar: onReceiver((receiver) => {
    const arrivals: number[] = [];
    return {
      ...receiver,
      receive: (delivery) => {
        const [first = 0, second = 0] = arrivals;
        const arrivedAt = arrivals.length === 2 ? 2 * second - first : delivery.arrivedAt;
        arrivals.push(arrivedAt);
        receiver.receive({ ...delivery, arrivedAt });
      },
    };
  }),
});

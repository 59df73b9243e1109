import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectAttempts } from '../../world/attempts.ts';
import { isAbout } from '../../world/events.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

/** In seconds: what a receiver has, and what one takes that is slow. */
const [given, slow] = [10, 8];

export default defineRule({
  id: 'webhooks/time-to-answer',
  level: 'SHOULD',
  verifies: ['LG-WEB-038'],
  sentence: 'A receiver has 10 seconds to answer, after which the event is sent again.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const dead = await home.inbox(() => new Promise(() => undefined));
    const slowly = async () => {
      await world.wait(slow);
      return { status: 200 };
    };
    const late = await home.inbox(slowly);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Sent again' });
    const [first, second] = await expectAttempts(dead, 'dossier.created', id, 2);
    const seconds = ((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0)) / 1000;
    expectThat(seconds >= given, `${String(given)} seconds before the next attempt`, () => seconds);
    const attempts = late.deliveries().filter(isAbout('dossier.created', id));
    expectEqual(attempts.length, 1, 'the attempts where the answer is slow, but comes:');
  },
  // A server that gives up at once.
  deliveryLiar: onReceiver(({ receive }) => ({ receive, answer: () => ({ status: 504 }) })),
});

import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectAttempts, refuseFirst } from '../../world/attempts.ts';
import { isAbout, letPass } from '../../world/events.ts';
import { expectEqual } from '../../world/expectations.ts';

/** What counts as received, and what doesn't. */
const [taken, refused] = [
  [200, 201, 202, 204],
  [301, 400, 404, 410, 500, 503],
];

export default defineRule({
  id: 'webhooks/received',
  level: 'SHOULD',
  verifies: ['LG-WEB-037'],
  sentence: 'Any 2xx counts as received; anything else, a redirection too, is tried again.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const takers = [];
    for (const status of taken) {
      takers.push({ status, inbox: await home.inbox(() => ({ status })) });
    }
    const refusers = [];
    for (const status of refused) {
      refusers.push(await home.inbox(refuseFirst(1, status)));
    }
    const location = takers[0]?.inbox.url ?? '';
    const inbox = await home.inbox(refuseFirst(1, 307, { location }));
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    for (const refuser of [...refusers, inbox]) {
      await expectAttempts(refuser, 'dossier.created', id, 2);
    }
    for (const taker of takers) {
      await expectAttempts(taker.inbox, 'dossier.created', id, 1);
      await letPass(home, taker.inbox);
      const attempts = taker.inbox.deliveries().filter(isAbout('dossier.created', id));
      const what = `the attempts where ${String(taker.status)} was answered:`;
      expectEqual(attempts.length, 1, what);
    }
  },
  // A server to which 200 alone is success.
  deliveryLiar: onReceiver(({ receive, answer }) => ({
    receive,
    answer: async (delivery) => {
      const reception = (await answer?.(delivery)) ?? { status: 200 };
      return reception.status === 204 ? { status: 500 } : reception;
    },
  })),
});

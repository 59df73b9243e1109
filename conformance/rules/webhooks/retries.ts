import { breakFirstConnection, expectAttempts, refuseFirst } from '../../assertions/deliveries.ts';
import { isAbout, waitForPendingEvents } from '../../assertions/events.ts';
import { asText, expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onReceiver } from '../../faults/deliveries.ts';
import { createDossier } from '../../fixtures/dossiers.ts';

/** The statuses that count as received, and those that don't. */
const [taken, refused] = [
  [200, 201, 202, 204],
  [301, 400, 404, 410, 500, 503],
];

const received = defineRule({
  id: 'webhooks/received',
  level: 'SHOULD',
  verifies: ['LG-WEB-037'],
  sentence:
    'Any 2xx counts as received, and an event with any other response, including a redirect, is sent again.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const acceptingReceivers = [];
    for (const status of taken) {
      acceptingReceivers.push({ status, inbox: await org.inbox(() => ({ status })) });
    }
    const refusingReceivers = [];
    for (const status of refused) {
      refusingReceivers.push(await org.inbox(refuseFirst(1, status)));
    }
    const location = acceptingReceivers[0]?.inbox.url ?? '';
    const inbox = await org.inbox(refuseFirst(1, 307, { location }));
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    for (const refusing of [...refusingReceivers, inbox]) {
      await expectAttempts(refusing, 'dossier.created', id, 2);
    }
    for (const accepting of acceptingReceivers) {
      await expectAttempts(accepting.inbox, 'dossier.created', id, 1);
      await waitForPendingEvents(org, accepting.inbox);
      const attempts = accepting.inbox.deliveries().filter(isAbout('dossier.created', id));
      const what = `the attempts after a response with ${String(accepting.status)}:`;
      expectEqual(attempts.length, 1, what);
    }
  },
  // A server that accepts only 200 as received.
  deliveryFault: onReceiver(({ receive, answer }) => ({
    receive,
    answer: async (delivery) => {
      const response = (await answer?.(delivery)) ?? { status: 200 };
      return response.status === 204 ? { status: 500 } : response;
    },
  })),
});

/** Shorter differences are network latency, in milliseconds. */
const minDelay = 50;

const retries = defineRule({
  id: 'webhooks/retries',
  level: 'SHOULD',
  verifies: ['LG-WEB-039'],
  sentence: "An event that wasn't received is sent again several times, with increasing delays.",
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(refuseFirst(2));
    const { id } = await createDossier(org, { type: 'candidate', name: 'Sent again' });
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 3);
    const [first = 0, second = 0, third = 0] = attempts.map(({ arrivedAt }) => arrivedAt);
    const pauses = [second - first, third - second] as const;
    // By at least a quarter, so that constant delays with jitter fail.
    const grown = pauses[0] >= minDelay && pauses[1] > 1.25 * pauses[0];
    expectThat(grown, 'increasing delays', () => pauses.map((pause) => `${String(pause)} ms`));
  },
  // A server with constant delays.
  deliveryFault: onReceiver((receiver) => {
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

/** In seconds: the time that a receiver has, and the time that a slow one takes. */
const [given, slow] = [10, 8];

const timeToAnswer = defineRule({
  id: 'webhooks/time-to-answer',
  level: 'SHOULD',
  verifies: ['LG-WEB-038'],
  sentence: 'A receiver has 10 seconds to respond, after which the event is sent again.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const dead = await org.inbox(() => new Promise(() => undefined));
    const slowly = async () => {
      await context.wait(slow);
      return { status: 200 };
    };
    const late = await org.inbox(slowly);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Sent again' });
    const [first, second] = await expectAttempts(dead, 'dossier.created', id, 2);
    const seconds = ((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0)) / 1000;
    expectThat(seconds >= given, `${String(given)} seconds before the next attempt`, () => seconds);
    const attempts = late.deliveries().filter(isAbout('dossier.created', id));
    expectEqual(attempts.length, 1, 'the attempts after a slow response:');
  },
  // A server that doesn't repeat after a timeout.
  deliveryFault: onReceiver(({ receive }) => ({ receive, answer: () => ({ status: 504 }) })),
});

const brokenOff = defineRule({
  id: 'webhooks/broken-off',
  level: 'SHOULD',
  verifies: ['LG-WEB-039'],
  sentence: 'An event is sent again after its connection broke, and later events are still sent.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(breakFirstConnection());
    const first = await createDossier(org, { type: 'candidate', name: 'Sent again' });
    const second = await createDossier(org, { type: 'candidate', name: 'Sent after it' });
    // Which of the two is affected depends on their order.
    const attempts = [first, second].map(({ id }) =>
      expectAttempts(inbox, 'dossier.created', id, 1),
    );
    await Promise.all(attempts);
    const broken = inbox.deliveries()[0]?.event;
    const { data } = broken ?? {};
    await expectAttempts(inbox, 'dossier.created', asText(data?.['id']), 2);
  },
  // A server that treats a broken connection as received.
  deliveryFault: onReceiver(({ receive, answer }) => ({
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

export default [received, retries, timeToAnswer, brokenOff] satisfies readonly Rule[];

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { eventOfDelivery, onReceiver, withEvent } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { type RawDelivery, usualEventPatience } from '../webhooks/sink.ts';
import { companionsOf, excerptOf } from './alternative-events.ts';
import { openTestHarness, type TestHarness } from './harness.ts';

/** Rules about the order of events, or the time between attempts. */
const aboutTime = new Set(
  ['order', 'update-first', 'retries', 'time-to-answer'].map((name) => `webhooks/${name}`),
);

const receiving = rules.filter(
  (rule) => rule.kind === 'check' && rule.needs.includes('webhooks') && !aboutTime.has(rule.id),
);

/** Rules that wait for one event after another. */
const lengthy = new Set(
  ['signed-bytes', 'closed-dossiers', 'whole-dossier'].map((name) => `webhooks/${name}`),
);

/** The rules spend nearly all of their time waiting. */
const concurrency = 80;

/**
 * Delays each delivery.
 *
 * @param delayOf - returns the milliseconds for the n-th delivery of an endpoint
 */
const late = (delayOf: (nth: number) => number): DeliveryFault => {
  const wrap = onReceiver((receiver) => {
    let count = 0;
    const forward = async (delivery: RawDelivery): Promise<void> => {
      count += 1;
      await sleep(delayOf(count));
      receiver.receive(delivery);
    };
    const { answer } = receiver;
    if (!answer) return { receive: (delivery) => void forward(delivery) };
    // The receiver's response depends on what it has received, so the sender has to wait.
    return {
      receive: () => undefined,
      answer: async (delivery) => {
        await forward(delivery);
        return answer(delivery);
      },
    };
  });
  return (sink) => ({ ...wrap(sink), patience: usualEventPatience });
};

/** Delivers the required events at once, and those that alternatives add 2.5 seconds later. */
const lateCompanions: DeliveryFault = (sink) => {
  const wrap = onReceiver((receiver) => ({
    ...receiver,
    receive: (delivery) => {
      receiver.receive(delivery);
      const event = eventOfDelivery(delivery);
      for (const [index, one] of companionsOf(event).entries()) {
        const more = { ...one, id: `${event.id}_${String(index)}`, data: excerptOf(one) };
        void sleep(2_500).then(() => {
          receiver.receive(withEvent(delivery, more));
        });
      }
    },
  }));
  return { ...wrap(sink), patience: usualEventPatience };
};

/** Returns 0 to 3 seconds, in the same sequence each time. */
const upToThreeSeconds = (): (() => number) => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 3_000;
  };
};

describe('rules about events', { timeout: 240_000 }, () => {
  let harness: TestHarness;
  beforeAll(async () => {
    harness = await openTestHarness();
  });
  afterAll(() => harness.close());

  const failuresOf = async (judged: readonly Rule[], deliveryFault: DeliveryFault) => {
    const outcomes = await harness.run(judged, { deliveryFault, concurrency });
    expect(outcomes).toHaveLength(judged.length);
    return outcomes
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome, reason, counterexample }) => {
        const seen = `${counterexample?.expected ?? ''} | ${counterexample?.actual ?? ''}`;
        return [id, outcome, reason ?? seen];
      });
  };

  it.each([1, 2, 3])('pass when delivery %i of each endpoint is 2 seconds late', async (nth) => {
    const fault = late((count) => (count === nth ? 2_000 : 0));
    expect(await failuresOf(receiving, fault)).toEqual([]);
  });

  it('pass when each delivery is up to 3 seconds late', async () => {
    const judged = receiving.filter(({ id }) => !lengthy.has(id));
    expect(await failuresOf(judged, late(upToThreeSeconds()))).toEqual([]);
  });

  it('pass when the events that alternatives add come after later events', async () => {
    const judged = receiving.filter(
      ({ level, verifies }) => level === 'MUST' && !verifies.some((id) => id.startsWith('LG-SIG-')),
    );
    expect(await failuresOf(judged, lateCompanions)).toEqual([]);
  });
});

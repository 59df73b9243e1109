import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { eventOfDelivery, onReceiver, withEvent } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { type RawDelivery, usualEventPatience } from '../webhooks/sink.ts';
import { openBench } from './bench.ts';
import { companionsOf, excerptOf } from './companions.ts';

/** What these verify is the order of events, or the time between attempts. */
const aboutTime = new Set(
  ['order', 'update-first', 'retries', 'time-to-answer'].map((name) => `webhooks/${name}`),
);

const receiving = rules.filter(
  (rule) => rule.kind === 'check' && rule.needs.includes('webhooks') && !aboutTime.has(rule.id),
);

/** These wait for one event after the other, and for each as long as any rule does. */
const lengthy = new Set(
  ['signed-bytes', 'closed-dossiers', 'whole-dossier'].map((name) => `webhooks/${name}`),
);

/** Nearly all of them wait nearly all of the time. */
const sideBySide = 80;

/**
 * Hands on each delivery after a while.
 *
 * @param whileOf - gives the milliseconds for the n-th delivery of an endpoint
 */
const late = (whileOf: (nth: number) => number): DeliveryFault => {
  const wrap = onReceiver((receiver) => {
    let count = 0;
    const handOn = async (delivery: RawDelivery): Promise<void> => {
      count += 1;
      await sleep(whileOf(count));
      receiver.receive(delivery);
    };
    const { answer } = receiver;
    if (!answer) return { receive: (delivery) => void handOn(delivery) };
    // What the receiver says follows from what it has received, so that the sender has to wait.
    return {
      receive: () => undefined,
      answer: async (delivery) => {
        await handOn(delivery);
        return answer(delivery);
      },
    };
  });
  return (sink) => ({ ...wrap(sink), patience: usualEventPatience });
};

/** Sends at once what an event must say, and late what an alternative adds to it. */
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

/** Up to 3 seconds, in a sequence that is the same each time. */
const upToThreeSeconds = (): (() => number) => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 3_000;
  };
};

describe('rules about events', { timeout: 240_000 }, () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const failuresOf = async (judged: readonly Rule[], way: DeliveryFault) => {
    const outcomes = await bench.judge(judged, undefined, 1, way, undefined, sideBySide);
    expect(outcomes).toHaveLength(judged.length);
    return outcomes
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome, reason, counterexample }) => {
        const seen = `${counterexample?.expected ?? ''} | ${counterexample?.actual ?? ''}`;
        return [id, outcome, reason ?? seen];
      });
  };

  it.each([1, 2, 3])('bear that delivery %i of each endpoint is 2 seconds late', async (nth) => {
    const way = late((count) => (count === nth ? 2_000 : 0));
    expect(await failuresOf(receiving, way)).toEqual([]);
  });

  it('bear that each delivery is up to 3 seconds late', async () => {
    const judged = receiving.filter(({ id }) => !lengthy.has(id));
    expect(await failuresOf(judged, late(upToThreeSeconds()))).toEqual([]);
  });

  it('bear that what alternatives add comes after all that was done later', async () => {
    const judged = receiving.filter(
      ({ level, verifies }) => level === 'MUST' && !verifies.some((id) => id.startsWith('LG-SIG-')),
    );
    expect(await failuresOf(judged, lateCompanions)).toEqual([]);
  });
});

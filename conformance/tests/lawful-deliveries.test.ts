import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOfDelivery, onDelivery, onReceiver, withEvent } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { type RawDelivery, usualEventPatience } from '../webhooks/sink.ts';
import { openBench } from './bench.ts';
import { companionsOf, excerptOf } from './companions.ts';

/** What the documentation says of events, and no more. */
const stated = rules.filter(
  ({ id, level }) =>
    level === 'MUST' && (id.startsWith('webhooks/') || id === 'cv/undone-silently'),
);

/** Events that are none of ours, as others cause them in a shared organisation. */
const crowded: DeliveryFault = onDelivery((delivery) => {
  const theirs = { ...eventOfDelivery(delivery), id: 'evt_0', data: { id: 'none of ours' } };
  return [withEvent(delivery, theirs), delivery];
});

/** Repetitions, delays and any order; a richer signature. */
const unruly: DeliveryFault = onReceiver((receiver) => {
  let count = 0;
  const later = (delivery: RawDelivery): void => {
    count += 1;
    // Up to 60 ms, the next one less than the one before more often than not.
    setTimeout(
      () => {
        receiver.receive(delivery);
      },
      (count * 37) % 60,
    );
  };
  return {
    ...receiver,
    receive: (delivery) => {
      const header = delivery.headers['x-leadgrid-signature'] ?? '';
      const parts = [...header.split(',').reverse(), 'v0=6ffbb59b'];
      const headers = { ...delivery.headers, 'x-leadgrid-signature': parts.join(',') };
      for (const one of [delivery, delivery]) later({ ...one, headers });
    },
  };
});

/** No more in `data` than the example shows, and each event more that an alternative allows. */
const terse: DeliveryFault = onDelivery((delivery) => {
  const event = eventOfDelivery(delivery);
  return [event, ...companionsOf(event)].map((one, index) =>
    withEvent(delivery, { ...one, id: `${event.id}_${String(index)}`, data: excerptOf(one) }),
  );
});

/** What is lawful comes after all, so that it is worth waiting for. */
const patiently =
  (way: DeliveryFault): DeliveryFault =>
  (sink) => ({ ...way(sink), patience: usualEventPatience });

describe('what the documentation states of events', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it.concurrent.each(stated.map((rule) => [rule.id, rule] as const))(
    '%s bears deliveries in any order, more than once, and among others',
    async (_, rule) => {
      const alone = rule.kind === 'check' && rule.needs.includes('fresh-organizations');
      const way: DeliveryFault = (sink) => (alone ? unruly(sink) : crowded(unruly(sink)));
      const [outcome] = await bench.judge([rule], undefined, 1, patiently(way));
      expect(outcome?.counterexample).toBeUndefined();
      expect(outcome).toMatchObject({ outcome: 'passed' });
    },
  );

  it.concurrent.each(
    stated
      .filter(({ verifies }) => !verifies.some((id) => id.startsWith('LG-SIG-')))
      .map((rule) => [rule.id, rule] as const),
  )('%s bears excerpts, and the events that alternatives add', async (_, rule) => {
    const [outcome] = await bench.judge([rule], undefined, 1, patiently(terse));
    expect(outcome?.counterexample).toBeUndefined();
    expect(outcome).toMatchObject({ outcome: 'passed' });
  });
});

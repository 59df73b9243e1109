import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOfDelivery, onDelivery, onReceiver, withEvent } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { type RawDelivery, usualEventPatience } from '../webhooks/sink.ts';
import { companionsOf, excerptOf } from './alternative-events.ts';
import { openTestHarness, type TestHarness } from './harness.ts';

/** The MUST rules about events. */
const stated = rules.filter(
  ({ id, level }) =>
    level === 'MUST' && (id.startsWith('webhooks/') || id === 'cv/undone-silently'),
);

/** Adds events about other dossiers, as in a shared organisation. */
const crowded: DeliveryFault = onDelivery((delivery) => {
  const other = { ...eventOfDelivery(delivery), id: 'evt_0', data: { id: 'unknown' } };
  return [withEvent(delivery, other), delivery];
});

/** Repeats and delays deliveries, changes their order, and adds a part to the signature. */
const unruly: DeliveryFault = onReceiver((receiver) => {
  let count = 0;
  const later = (delivery: RawDelivery): void => {
    count += 1;
    // Up to 60 ms, and often less than the delivery before it.
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

/** Only the fields of the example in `data`, and all events that alternatives add. */
const terse: DeliveryFault = onDelivery((delivery) => {
  const event = eventOfDelivery(delivery);
  return [event, ...companionsOf(event)].map((one, index) =>
    withEvent(delivery, { ...one, id: `${event.id}_${String(index)}`, data: excerptOf(one) }),
  );
});

/** A lawful event always arrives, so the rules wait for it as long as usual. */
const patiently =
  (fault: DeliveryFault): DeliveryFault =>
  (sink) => ({ ...fault(sink), patience: usualEventPatience });

describe('a MUST rule about events', () => {
  let harness: TestHarness;
  beforeAll(async () => {
    harness = await openTestHarness();
  });
  afterAll(() => harness.close());

  it.concurrent.each(stated.map((rule) => [rule.id, rule] as const))(
    '%s passes with deliveries in any order, repeated, and among others',
    async (_, rule) => {
      const alone = rule.kind === 'check' && rule.needs.includes('fresh-organizations');
      const fault: DeliveryFault = (sink) => (alone ? unruly(sink) : crowded(unruly(sink)));
      const [outcome] = await harness.run([rule], { deliveryFault: patiently(fault) });
      expect(outcome?.counterexample).toBeUndefined();
      expect(outcome).toMatchObject({ outcome: 'passed' });
    },
  );

  it.concurrent.each(
    stated
      .filter(({ verifies }) => !verifies.some((id) => id.startsWith('LG-SIG-')))
      .map((rule) => [rule.id, rule] as const),
  )('%s passes with excerpts, and with the events that alternatives add', async (_, rule) => {
    const [outcome] = await harness.run([rule], { deliveryFault: patiently(terse) });
    expect(outcome?.counterexample).toBeUndefined();
    expect(outcome).toMatchObject({ outcome: 'passed' });
  });
});

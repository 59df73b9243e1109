import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { onReceiver, sendExtraDelivery, sendPing } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { openLocalSink } from '../runner/harness-core.ts';
import type { Capability, Target } from '../targets/target.ts';
import { type Sink, usualEventPatience } from '../webhooks/sink.ts';
import { openTestHarness, type TestHarness } from './harness.ts';

const inspecting = rules.filter((rule) => rule.kind === 'ambient' && rule.watches === 'deliveries');
const named = (...ids: string[]): readonly Rule[] => rules.filter(({ id }) => ids.includes(id));

describe('ambient rules about deliveries', () => {
  let harness: TestHarness;
  let sink: Sink;
  beforeAll(async () => {
    harness = await openTestHarness();
    sink = await openLocalSink();
  });
  afterAll(async () => {
    await sink.close();
    await harness.close();
  });

  const run = (
    causing: readonly Rule[],
    fault: DeliveryFault = (same) => same,
    more: Partial<Target> = {},
    ended?: () => void,
  ) =>
    harness
      .createRunner({
        run: { rules: [...causing, ...inspecting], runs: 2 },
        target: { ...harness.target, ...more },
        sink: fault({ ...sink, patience: usualEventPatience }),
        ended,
      })
      .runAll();

  const failed = (outcomes: Awaited<ReturnType<typeof run>>) =>
    outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

  it('count the deliveries that they inspect', async () => {
    const outcomes = await run(named('webhooks/subject'));
    for (const { id, outcome, exchanges } of outcomes) {
      expect([id, outcome]).toEqual([id, 'passed']);
      expect(exchanges).toBeGreaterThanOrEqual(5);
    }
  });

  it('fail only for what is wrong, and name the rule that opened the endpoint', async () => {
    const outcomes = await run(
      named('webhooks/subject'),
      sendExtraDelivery(() => ({ method: 'PATCH' })),
    );
    expect(failed(outcomes)).toEqual(['ambient/delivery-method']);
    const found = outcomes.find(({ id }) => id === 'ambient/delivery-method');
    expect(found?.counterexample).toMatchObject({
      during: 'webhooks/subject',
      exchanges: [{ received: true, request: { method: 'PATCH' } }],
    });
  });

  it('inspect deliveries that arrive after the rule has ended', async () => {
    const later: (() => void)[] = [];
    const late = onReceiver((receiver) => ({
      ...receiver,
      receive: (delivery) => {
        receiver.receive(delivery);
        later.push(() => {
          receiver.receive({ ...delivery, headers: {} });
        });
      },
    }));
    const outcomes = await run(named('webhooks/deletion'), late, {}, () => {
      for (const send of later.splice(0)) send();
    });
    expect(failed(outcomes)).toEqual([
      'ambient/delivery-json',
      'ambient/delivery-signature-header',
    ]);
  });

  it('ignore events of unknown types, and those that the user omits', async () => {
    const pings = sendPing({});
    const outcomes = await run(named('webhooks/subject'), pings);
    // The ping has the signature of the event before it.
    expect(failed(outcomes)).toEqual(['ambient/delivery-signature']);
    const noted = sendPing({ type: 'note.created', id: 1, created_at: null, data: null });
    const omissions = [{ events: ['note.created' as const], reason: 'There are no notes.' }];
    expect(failed(await run(named('webhooks/deletion'), noted, { omissions }))).toEqual([]);
  });

  it('are not verified at a target that sends no events', async () => {
    const offers = new Set<Capability>();
    const outcomes = await run(named('webhooks/subject'), undefined, { offers });
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['not-verified']));
    expect(new Set(outcomes.map(({ reason }) => reason)).size).toBe(1);
  });
});

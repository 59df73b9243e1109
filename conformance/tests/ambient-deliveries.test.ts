import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { onReceiver, sendExtraDelivery, sendPing } from '../faults/deliveries.ts';
import type { DeliveryFault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { runRules } from '../runner/runner.ts';
import type { Capability, Target } from '../targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../webhooks/sink.ts';
import { openBench } from './bench.ts';

const watching = rules.filter((rule) => rule.kind === 'ambient' && rule.watches === 'deliveries');
const named = (...ids: string[]): readonly Rule[] => rules.filter(({ id }) => ids.includes(id));

describe('ambient rules about deliveries', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  let sink: Sink;
  beforeAll(async () => {
    bench = await openBench();
    const listen = { host: '127.0.0.1', port: 0 };
    sink = await openSink({ listen, newName: randomUUID, now: Date.now });
  });
  afterAll(async () => {
    await sink.close();
    await bench.close();
  });

  const judge = async (
    judged: readonly Rule[],
    way: DeliveryFault = (same) => same,
    more: Partial<Target> = {},
    progress = (): void => undefined,
  ) => {
    const { contract, register, target } = bench;
    const { outcomes } = await runRules({
      ...{ contract, register, seed: 1, runs: 2, timeout: 10_000 },
      ...{ rules: [...judged, ...watching], target: { ...target, ...more } },
      sink: way({ ...sink, patience: usualEventPatience }),
      surroundings: { fetch: (request) => fetch(request), now: Date.now, sleep: (ms) => sleep(ms) },
      interruption: new AbortController().signal,
      progress,
    });
    return outcomes;
  };

  const failed = (outcomes: Awaited<ReturnType<typeof judge>>) =>
    outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

  it('count the deliveries that they looked at', async () => {
    const outcomes = await judge(named('webhooks/subject'));
    for (const { id, outcome, exchanges } of outcomes) {
      expect([id, outcome]).toEqual([id, 'passed']);
      expect(exchanges).toBeGreaterThanOrEqual(5);
    }
  });

  it('name only what is wrong, and the rule that opened the endpoint', async () => {
    const outcomes = await judge(
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

  it('look at what arrives when the rule is over', async () => {
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
    const outcomes = await judge(named('webhooks/deletion'), late, {}, () => {
      for (const send of later.splice(0)) send();
    });
    expect(failed(outcomes)).toEqual([
      'ambient/delivery-json',
      'ambient/delivery-signature-header',
    ]);
  });

  it('let events of other types be, and those that the user omits', async () => {
    const pings = sendPing({});
    const outcomes = await judge(named('webhooks/subject'), pings);
    // The header is that of the event beside it.
    expect(failed(outcomes)).toEqual(['ambient/delivery-signature']);
    const noted = sendPing({ type: 'note.created', id: 1, created_at: null, data: null });
    const omissions = [{ events: ['note.created' as const], reason: 'There are no notes.' }];
    expect(failed(await judge(named('webhooks/deletion'), noted, { omissions }))).toEqual([]);
  });

  it('need a target that sends events', async () => {
    const offers = new Set<Capability>();
    const outcomes = await judge(named('webhooks/subject'), undefined, { offers });
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['not-verified']));
    expect(new Set(outcomes.map(({ reason }) => reason)).size).toBe(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropEvents } from '../faults/deliveries.ts';
import { rules } from '../rules/index.ts';
import { createEventLiveness } from '../webhooks/liveness.ts';
import { usualEventPatience } from '../webhooks/sink.ts';
import { openTestHarness, type TestHarness } from './harness.ts';

describe('what a run knows of events', () => {
  it('is that none comes when two rules missed it and nobody got one', () => {
    const liveness = createEventLiveness();
    liveness.noteMissing('note.created', 'webhooks/a');
    expect(liveness.shownMissingBy('note.created')).toBeUndefined();
    liveness.noteMissing('note.created', 'webhooks/a');
    expect(liveness.shownMissingBy('note.created')).toBeUndefined();
    liveness.noteMissing('note.created', 'webhooks/b');
    expect(liveness.shownMissingBy('note.created')).toEqual(['webhooks/a', 'webhooks/b']);
    expect(liveness.shownMissingBy('dossier.created')).toBeUndefined();
    liveness.noteArrival('note.created');
    expect(liveness.shownMissingBy('note.created')).toBeUndefined();
  });
});

describe('a target that never sends one kind of event', () => {
  let harness: TestHarness;
  beforeAll(async () => {
    harness = await openTestHarness({
      runs: 2,
      patience: { ...usualEventPatience, event: 2_000 },
      showsWritesAtOnce: true,
    });
  });
  afterAll(() => harness.close());

  it('is found by some rules, and others that wait for it are blocked', async () => {
    const waiting = rules.filter(({ id }) => id.startsWith('webhooks/'));
    const deliveryFault = dropEvents(({ type }) => type === 'dossier.updated');
    const outcomes = await harness.run(waiting, { deliveryFault, concurrency: 4 });
    const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
    const blocked = outcomes.filter(({ reason }) => reason?.startsWith('Blocked by'));
    expect(failed.length).toBeGreaterThan(1);
    expect(blocked.length).toBeGreaterThan(4);
    for (const { outcome, reason } of blocked) {
      expect([outcome, reason]).toEqual([
        'not-verified',
        expect.stringMatching(/^Blocked by webhooks\/\S+ and .*: no dossier\.updated comes\.$/),
      ]);
    }
    expect(outcomes.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  });
});

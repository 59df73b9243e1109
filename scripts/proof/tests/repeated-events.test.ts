import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../harness/harness.ts';
import type { Variations } from '../plain-server/core/variations.ts';
import { areCompatible } from '../variants/combine.ts';
import { harnessOptions } from '../variants/run.ts';
import { startVariant } from '../variants/start.ts';
import { named } from './run-with-keys.ts';

const once = named('webhooks/creation-once', 'webhooks/note-once', 'webhooks/simultaneous');

describe('an event that comes again', { timeout: 120_000 }, () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(harnessOptions);
  });
  afterAll(() => harness.close());

  const judge = async (alternatives: NonNullable<Variations['alternatives']>) => {
    const variations = { alternatives, deliveries: { repeats: 1 } };
    const server = await startVariant({ server: 'plain', variations });
    const { outcomes } = await harness.judge(server, { rules: once, seed: 1, runs: 1 });
    return outcomes.map(({ outcome, reason = '' }) => `${outcome} ${reason}`.trim());
  };

  it('by another id is in no variant, as it looks like a second event', () => {
    const [repeated, apart] = [
      { deliveries: { repeats: 1 } },
      { alternatives: { 'LG-WEB-005': 1 } },
    ];
    expect(areCompatible(repeated, apart)).toBe(false);
    expect(areCompatible(apart, repeated)).toBe(false);
    expect(areCompatible(repeated, { alternatives: { 'LG-WEB-005': 2 } })).toBe(true);
  });

  it('by the same id is the same event', async () => {
    expect(await judge({})).toEqual(['passed', 'passed', 'passed']);
  });

  it('by another id is no second one where attempts have ids of their own', async () => {
    const outcomes = await judge({ 'LG-WEB-005': 1 });
    for (const one of outcomes) expect(one).toMatch(/^not-verified Each attempt .+LG-WEB-005/);
    expect(outcomes).toHaveLength(once.length);
  });

  it('by another id is a second one where there is one attempt only', async () => {
    const outcomes = await judge({ 'LG-WEB-005': 1, 'LG-WEB-039': 1 });
    expect(outcomes).toEqual(['failed', 'failed', 'failed']);
  });
});

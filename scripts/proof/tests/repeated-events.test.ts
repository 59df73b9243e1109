import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../harness/harness.ts';
import type { Variations } from '../plain-server/core/variations.ts';
import { areCompatible } from '../variants/combine.ts';
import { harnessOptions } from '../variants/run.ts';
import { startVariant } from '../variants/start.ts';
import { named } from './run-with-keys.ts';

const once = named('webhooks/creation-once', 'webhooks/note-once', 'webhooks/simultaneous');

describe('a repeated event', { timeout: 120_000 }, () => {
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

  it('with another id is in no variant, because it looks like a second event', () => {
    const [repeated, apart] = [
      { deliveries: { repeats: 1 } },
      { alternatives: { 'LG-WEB-005': 1 } },
    ];
    expect(areCompatible(repeated, apart)).toBe(false);
    expect(areCompatible(apart, repeated)).toBe(false);
    expect(areCompatible(repeated, { alternatives: { 'LG-WEB-005': 2 } })).toBe(true);
  });

  it('with the same id is the same event', async () => {
    expect(await judge({})).toEqual(['passed', 'passed', 'passed']);
  });

  it('with another id is not a second event if each attempt has its own id', async () => {
    const outcomes = await judge({ 'LG-WEB-005': 1 });
    for (const one of outcomes) expect(one).toMatch(/^not-verified Each attempt .+LG-WEB-005/);
    expect(outcomes).toHaveLength(once.length);
  });

  it('with another id is a second event if there is only one attempt', async () => {
    const outcomes = await judge({ 'LG-WEB-005': 1, 'LG-WEB-039': 1 });
    expect(outcomes).toEqual(['failed', 'failed', 'failed']);
  });
});

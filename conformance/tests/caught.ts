import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { rules } from '../rules/index.ts';
import { openTestHarness, type TestHarness, type TestRun } from './harness.ts';

/** Rules whose exchanges contain every kind of response, for the ambient rules. */
const traffic = rules.filter(({ id }) =>
  [
    'scopes/missing-scope',
    'pagination/over-maximum',
    'pagination/meta-complete',
    'limits/retry-after',
  ].includes(id),
);

/** A rule that causes every event, for the ambient rules about deliveries. */
const eventTraffic = rules.filter(({ id }) => id === 'webhooks/subject');

/** The rules to execute with an ambient rule, so that it has something to inspect. */
const trafficFor = (rule: Rule): readonly Rule[] => {
  if (rule.kind !== 'ambient') return [];
  return rule.watches === 'deliveries' ? eventTraffic : traffic;
};

/** One of the faults of a rule. */
export interface Injection extends Pick<TestRun, 'fault' | 'deliveryFault'> {
  readonly name: string;
}

/** The faults of a rule: between suite and server, and between server and sink. */
export const injectionsOf = (rule: Rule): Injection[] => {
  const { fault, deliveryFault } = { deliveryFault: undefined, ...rule };
  return [
    ...(fault ? [{ name: 'its fault', fault }] : []),
    ...(deliveryFault ? [{ name: 'its delivery fault', deliveryFault }] : []),
  ];
};

/**
 * Executes one rule on the reference server with a fault injected.
 *
 * @param path - of the one generated case to repeat
 */
export const runWithFault = async (
  harness: TestHarness,
  rule: Rule,
  { fault, deliveryFault }: Injection,
  path?: string,
) => {
  const outcomes = await harness.run([...trafficFor(rule), rule], { fault, deliveryFault, path });
  return outcomes.find(({ id }) => id === rule.id);
};

/** The areas of each test file: files run at the same time. */
const parts = {
  contacts: ['contacts', 'links', 'notes', 'pagination', 'scopes'],
  dossiers: ['dossiers', 'cv', 'flows', 'isolation'],
  changes: ['changes', 'archiving', 'sequences', 'concurrency', 'requests', 'errors'],
} as const;

const areaOf = ({ id }: Rule): string => id.split('/')[0] ?? '';
const named = new Set<string>(Object.values(parts).flat());

/** Injects the fault of each rule of one part; `others` is every area that no part names. */
export const describeCaught = (part: keyof typeof parts | 'others'): void => {
  const areas: readonly string[] = part === 'others' ? [] : parts[part];
  const chosen = rules.filter((rule) =>
    part === 'others' ? !named.has(areaOf(rule)) : areas.includes(areaOf(rule)),
  );
  const cases = chosen.flatMap((rule) =>
    injectionsOf(rule).map((injection) => [rule.id, injection.name, rule, injection] as const),
  );
  describe('a rule on a server with its own fault', { concurrent: true, timeout: 300_000 }, () => {
    let harness: TestHarness;
    beforeAll(async () => {
      harness = await openTestHarness({ showsWritesAtOnce: true });
    });
    afterAll(() => harness.close());

    it.each(cases)('%s fails under %s', async (_, __, rule, injection) => {
      const outcome = await runWithFault(harness, rule, injection);
      expect(outcome).toMatchObject({ outcome: 'failed' });
      expect(outcome?.counterexample?.exchanges.length).toBeGreaterThan(0);
    });
  });
};

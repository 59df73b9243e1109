import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../context/rule.ts';
import { rules } from '../rules/index.ts';
import { openBench } from './bench.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;
type Injection = Parameters<Bench['judge']>[1] | undefined;

/** Rules whose exchanges show ambient rules every kind of answer. */
const traffic = rules.filter(({ id }) =>
  [
    'scopes/missing-scope',
    'pagination/over-maximum',
    'pagination/meta-complete',
    'limits/retry-after',
  ].includes(id),
);

/** A rule that causes every event, for the ambient rules that look at deliveries. */
const causes = rules.filter(({ id }) => id === 'webhooks/subject');

/** What must run beside a rule, so that it sees something. */
const trafficFor = (rule: Rule): readonly Rule[] => {
  if (rule.kind !== 'ambient') return [];
  return rule.watches === 'deliveries' ? causes : traffic;
};

/** The ways in which a rule's fault is put in: between suite and server, or before the receiver. */
export const injectionsOf = (rule: Rule) => {
  const { fault, deliveryFault } = { deliveryFault: undefined, ...rule };
  return [
    ...(fault ? [{ name: 'its fault', fault: fault as Injection, deliveryFault: undefined }] : []),
    ...(deliveryFault ? [{ name: 'its delivery fault', fault: undefined, deliveryFault }] : []),
  ];
};

/** Judges one rule on the reference server with a fault put in, perhaps by the path of a case. */
export const judgeWithFault = async (
  bench: Bench,
  rule: Rule,
  { fault, deliveryFault }: ReturnType<typeof injectionsOf>[number],
  path?: string,
) => {
  const together = [...trafficFor(rule), rule];
  const outcomes = await bench.judge(together, fault, 1, deliveryFault, path);
  return outcomes.find(({ id }) => id === rule.id);
};

/** The areas whose faults one test file injects: files run side by side. */
const parts = {
  contacts: ['contacts', 'links', 'notes', 'pagination', 'scopes'],
  dossiers: ['dossiers', 'cv', 'flows', 'isolation'],
  changes: ['changes', 'archiving', 'sequences', 'concurrency', 'requests', 'errors'],
} as const;

const areaOf = ({ id }: Rule): string => id.split('/')[0] ?? '';
const named = new Set<string>(Object.values(parts).flat());

/** Injects the fault of each rule of one part once; `others` is every area that no part names. */
export const describeCaught = (part: keyof typeof parts | 'others'): void => {
  const areas: readonly string[] = part === 'others' ? [] : parts[part];
  const chosen = rules.filter((rule) =>
    part === 'others' ? !named.has(areaOf(rule)) : areas.includes(areaOf(rule)),
  );
  const cases = chosen.flatMap((rule) =>
    injectionsOf(rule).map((injection) => [rule.id, injection.name, rule, injection] as const),
  );
  describe('a rule on a server with its own fault', { concurrent: true, timeout: 300_000 }, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await openBench();
    });
    afterAll(() => bench.close());

    it.each(cases)('%s fails under %s', async (_, __, rule, injection) => {
      const outcome = await judgeWithFault(bench, rule, injection);
      expect(outcome).toMatchObject({ outcome: 'failed' });
      expect(outcome?.counterexample?.exchanges.length).toBeGreaterThan(0);
    });
  });
};

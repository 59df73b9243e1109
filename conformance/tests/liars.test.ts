import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryLiar, Liar, Rule } from '../rule.ts';
import { rules } from '../rules/index.ts';
import { openBench } from './bench.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;

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

const trafficFor = (rule: Rule): readonly Rule[] => {
  if (rule.kind !== 'ambient') return [];
  return rule.watches === 'deliveries' ? causes : traffic;
};

describe('every rule is shown to be able to fail', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const judge = async (rule: Rule, liar?: Liar, deliveryLiar?: DeliveryLiar, path?: string) => {
    const outcomes = await bench.judge([...trafficFor(rule), rule], liar, 1, deliveryLiar, path);
    return outcomes.find(({ id }) => id === rule.id);
  };

  /** Judges twice, the second time by what the first report tells; gives both outcomes. */
  const judgeTwice = async (rule: Rule, liar?: Liar, deliveryLiar?: DeliveryLiar) => {
    const found = await judge(rule, liar, deliveryLiar);
    const path = found?.counterexample?.falsification?.path;
    return [found, await judge(rule, liar, deliveryLiar, path)];
  };

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s is green on the reference server and red under its liar, each time',
    async (_, rule) => {
      expect(await judge(rule)).toMatchObject({ outcome: 'passed' });
      const { liar, deliveryLiar } = { deliveryLiar: undefined, ...rule };
      const lied = await Promise.all([
        ...(liar ? [judgeTwice(rule, liar)] : []),
        ...(deliveryLiar ? [judgeTwice(rule, undefined, deliveryLiar)] : []),
      ]);
      for (const outcome of lied.flat()) {
        expect(outcome).toMatchObject({ outcome: 'failed' });
        expect(outcome?.counterexample?.exchanges.length).toBeGreaterThan(0);
      }
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../rule.ts';
import { rules } from '../rules/index.ts';
import { openBench } from './bench.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;

/** Rules whose exchanges show ambient rules every kind of answer. */
const traffic = rules.filter(({ id }) =>
  ['scopes/missing-scope', 'pagination/over-maximum', 'pagination/meta-complete'].includes(id),
);

describe('every rule is shown to be able to fail', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const judge = async (rule: Rule, liar?: Rule['liar']) => {
    const together = rule.kind === 'ambient' ? [...traffic, rule] : [rule];
    const outcomes = await bench.judge(together, liar);
    return outcomes.find(({ id }) => id === rule.id);
  };

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s is green on the reference server and red under its liar',
    async (_, rule) => {
      expect(await judge(rule)).toMatchObject({ outcome: 'passed' });
      const lied = await judge(rule, rule.liar);
      expect(lied).toMatchObject({ outcome: 'failed' });
      expect(lied?.counterexample?.exchanges.length).toBeGreaterThan(0);
    },
  );
});

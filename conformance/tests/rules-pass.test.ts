import { beforeAll, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Outcome } from '../runner/outcome.ts';
import { openBench } from './bench.ts';

const outcomes = new Map<string, Outcome>();

/** All at once, as a run judges them: what a rule does must not disturb another. */
beforeAll(async () => {
  const bench = await openBench();
  const judged = await bench.judge(rules, undefined, 1, undefined, undefined, 16);
  for (const outcome of judged) outcomes.set(outcome.id, outcome);
  await bench.close();
}, 300_000);

it.each(rules.map(({ id }) => id))('%s passes on the reference server', (id) => {
  expect(outcomes.get(id)).toMatchObject({ outcome: 'passed' });
});

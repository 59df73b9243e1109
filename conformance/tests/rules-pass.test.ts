import { beforeAll, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Outcome } from '../runner/outcome.ts';
import { openTestHarness } from './harness.ts';

const outcomes = new Map<string, Outcome>();

/** All rules run at the same time: none may disturb another. */
beforeAll(async () => {
  const harness = await openTestHarness();
  for (const outcome of await harness.run(rules, { concurrency: 16 })) {
    outcomes.set(outcome.id, outcome);
  }
  await harness.close();
}, 300_000);

it.each(rules.map(({ id }) => id))('%s passes on the reference server', (id) => {
  expect(outcomes.get(id)).toMatchObject({ outcome: 'passed' });
});

import type { Bench } from './bench.ts';
import { chooseRules } from './choice.ts';
import type { Fault } from './fault.ts';

/** A rule that says of an honest server what it should say of faulty ones alone. */
export interface Unfit {
  readonly rule: string;
  readonly seed: number;
  /** What it said. */
  readonly reason: string;
}

/** How honest servers are judged: exactly as the faulty ones are. */
export interface Trial {
  readonly bench: Bench;
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
}

/**
 * Judges an honest server with each of the seeds by all the rules that may kill these faults. What
 * fails or breaks down there would do so at faulty servers too, and for no fault of theirs.
 */
export const findUnfit = async (
  faults: readonly Pick<Fault, 'breaks'>[],
  { bench, seeds, runs }: Trial,
): Promise<Unfit[]> => {
  const rules = [...new Set(faults.flatMap(({ breaks }) => chooseRules(breaks)))];
  const unfit: Unfit[] = [];
  for (const seed of seeds) {
    const { outcomes } = await bench.judge(undefined, { rules, seed, runs });
    for (const { id: rule, outcome, reason = '', counterexample } of outcomes) {
      if (outcome !== 'failed' && outcome !== 'error') continue;
      const seen = counterexample && `${counterexample.expected} | ${counterexample.actual}`;
      unfit.push({ rule, seed, reason: seen ?? reason });
    }
  }
  return unfit;
};

import { openCourt, type Court, type CourtOptions } from './court.ts';
import type { Scope } from './omissions.ts';
import type { Outcome } from './outcome.ts';
import { inParallel } from './parallel.ts';
import type { CheckRule, Rule } from './rule.ts';

/** How the rules are gone through. */
export interface Course {
  readonly rules: readonly Rule[];
  /** How many rules are judged at the same time; 1 unless said otherwise. */
  readonly concurrency?: number;
  /** Is told of each outcome as it is found. */
  readonly progress: (outcome: Outcome) => void;
}

export type RunOptions = CourtOptions & Course;

/** What a run found. */
export interface RunResult {
  /** In the order of the rules. */
  readonly outcomes: Outcome[];
  readonly scope: Scope;
  /** What was left behind at the target. */
  readonly remains: string | undefined;
  /** How long lists and counts were waited for after a write, in milliseconds; 0 for not at all. */
  readonly lag: number;
}

/**
 * Judges a target by all the rules. A rule that breaks down doesn't keep the others from running,
 * and an interrupted run tells what it knows.
 *
 * @throws Breakdown when an omission of the target names what doesn't exist
 */
export const runRules = async (options: RunOptions): Promise<RunResult> => {
  const court = openCourt(options);
  const outcomes = await judgeAll(court, options);
  return { outcomes, scope: court.scope, remains: court.remains(), lag: court.lag() };
};

/** Has all the rules judged by a court that is open, and gives the outcomes in their order. */
export const judgeAll = async (
  court: Court,
  { rules, concurrency = 1, progress }: Course,
): Promise<Outcome[]> => {
  const ended = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    ended.set(outcome.id, outcome);
    progress(outcome);
  };
  const checks = rules
    .filter((rule): rule is CheckRule => rule.kind === 'check')
    .sort((one, other) => Number(other.waits ?? false) - Number(one.waits ?? false));
  await inParallel(checks, concurrency, async (rule) => {
    end(await court.judge(rule));
  });
  for (const outcome of court.concludeAmbient()) end(outcome);
  return rules.flatMap(({ id }) => ended.get(id) ?? []);
};

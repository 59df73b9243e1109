import type { Level, RequirementId } from '../openapi/register.ts';
import type { Rule } from './rule.ts';
import type { Exchange } from './world/exchange.ts';
import type { Falsification, Judged, Nonconformity } from './world/nonconformity.ts';

/** How the target was seen to break a rule. */
export interface Counterexample {
  readonly expected: string;
  readonly actual: string;
  /** The smallest sequence of exchanges that shows it. */
  readonly exchanges: readonly Exchange[];
  readonly falsification: Falsification | undefined;
  /** What of it was judged; nothing where a rule compared what several exchanges told. */
  readonly judged?: Judged;
  /** Of an ambient rule: the rule that was judged when it happened. */
  readonly during?: string;
}

/** How a rule ended. Only `passed` says that the target was seen to keep it. */
export interface Outcome {
  readonly id: string;
  readonly level: Level;
  readonly verifies: readonly RequirementId[];
  readonly sentence: string;
  readonly outcome: 'passed' | 'failed' | 'not-verified' | 'omitted' | 'error';
  /** Why it is not verified, omitted or an error. */
  readonly reason: string | undefined;
  /** Why its failure was known before, by the user's baseline. */
  readonly known?: string;
  /** How many exchanges the outcome rests on. */
  readonly exchanges: number;
  /** How long the rule took. */
  readonly milliseconds?: number;
  readonly counterexample: Counterexample | undefined;
}

type Ending = Pick<Outcome, 'outcome'> &
  Partial<Pick<Outcome, 'reason' | 'exchanges' | 'counterexample'>>;

export const conclude = (rule: Rule, ending: Ending): Outcome => ({
  id: rule.id,
  level: rule.level,
  verifies: rule.verifies,
  sentence: rule.sentence,
  reason: undefined,
  exchanges: 0,
  counterexample: undefined,
  ...ending,
});

/** @param exchanges - what led there, unless the nonconformity itself knows better */
export const tell = (
  { expected, actual, exchanges: own, falsification, judged }: Nonconformity,
  exchanges: readonly Exchange[],
): Counterexample => ({
  expected,
  actual,
  exchanges: own.length > 0 ? own : [...exchanges],
  falsification,
  judged,
});

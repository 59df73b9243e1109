import type { Level, RequirementId } from '../../openapi/register.ts';
import type { Nonconformity } from '../context/expectations.ts';
import { type Falsification, type FaultyPart } from '../context/expectations.ts';
import type { Rule } from '../context/rule.ts';
import type { Exchange } from '../http/exchange.ts';

/** How the target was seen to break a rule. */
export interface Counterexample {
  readonly expected: string;
  readonly actual: string;
  /** The smallest sequence of exchanges that shows it. */
  readonly exchanges: readonly Exchange[];
  readonly falsification: Falsification | undefined;
  /** The part that isn't as expected; empty where a rule compared several exchanges. */
  readonly judged?: FaultyPart;
  /** What the failure is about, where the rule said so; else all that it verifies may be. */
  readonly about?: readonly RequirementId[];
  /** Of an ambient rule: the id of the rule that was being executed. */
  readonly during?: string;
}

/** How a rule ended. Only `passed` means that the target was seen to follow it. */
export interface Outcome {
  readonly id: string;
  readonly level: Level;
  readonly verifies: readonly RequirementId[];
  readonly sentence: string;
  readonly outcome: 'passed' | 'failed' | 'not-verified' | 'omitted' | 'error';
  /** Why it is not verified, omitted or an error. */
  readonly reason: string | undefined;
  /** The version in which the rule first existed, where the rule states it. */
  readonly since?: string;
  /** The reason in the user's baseline, when it lists the rule or all that its failure is about. */
  readonly known?: string;
  /** How many exchanges the outcome rests on. */
  readonly exchanges: number;
  /** How long the rule took. */
  readonly milliseconds?: number;
  readonly counterexample: Counterexample | undefined;
}

type OutcomeDetails = Pick<Outcome, 'outcome'> &
  Partial<Pick<Outcome, 'reason' | 'exchanges' | 'counterexample'>>;

export const conclude = (rule: Rule, ending: OutcomeDetails): Outcome => ({
  id: rule.id,
  level: rule.level,
  verifies: rule.verifies,
  sentence: rule.sentence,
  reason: undefined,
  exchanges: 0,
  counterexample: undefined,
  ...(rule.since !== undefined && { since: rule.since }),
  ...ending,
});

/** @param exchanges - used when the nonconformity has none itself */
export const counterexampleOf = (
  { expected, actual, exchanges: own, falsification, judged }: Nonconformity,
  exchanges: readonly Exchange[],
): Counterexample => ({
  expected,
  actual,
  exchanges: own.length > 0 ? own : [...exchanges],
  falsification,
  judged,
});

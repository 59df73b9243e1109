import { readFileSync } from 'node:fs';
import type { Level, RequirementId } from '../../openapi/register.ts';
import type { Nonconformity } from '../context/expectations.ts';
import { type Falsification, type FaultyPart } from '../context/expectations.ts';
import type { Rule } from '../context/rule.ts';
import { messageOf, suggest, usageError } from '../errors.ts';
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
  /** The reason in the user's baseline, when it lists the rule. */
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

/** Known failures: the reasons by the ids of rules. */
export type Baseline = ReadonlyMap<string, string>;

/**
 * Reads a baseline: a JSON object of rule ids with reasons.
 *
 * @throws Breakdown when it can't be read, isn't a JSON object, gives no reason, or names a rule
 *   that doesn't exist
 */
export const readBaseline = (file: string, rules: readonly Rule[]): Baseline => {
  const entries = Object.entries(readObject(file));
  const known = new Set(rules.map(({ id }) => id));
  for (const [id, reason] of entries) {
    if (!known.has(id)) {
      throw usageError(
        `The baseline ${file} names ${id}, but no rule has this id.${suggest(id, known)} ` +
          'Correct the id, or remove it.',
      );
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw usageError(`The baseline ${file} gives no reason for ${id}. State why it may fail.`);
    }
  }
  return new Map(entries as [string, string][]);
};

/** The outcome, with the reason of the baseline where it lists the rule. */
export const markKnown = (outcome: Outcome, baseline: Baseline): Outcome => {
  const known = baseline.get(outcome.id);
  return known === undefined ? outcome : { ...outcome, known };
};

/** The ids of the rules that passed although the baseline lists them as failures. */
export const mendedOf = (
  outcomes: readonly Pick<Outcome, 'id' | 'outcome' | 'known'>[],
): string[] =>
  outcomes
    .filter(({ outcome, known }) => outcome === 'passed' && known !== undefined)
    .map(({ id }) => id);

const readObject = (file: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw usageError(
      `The baseline ${file} can't be read: ${messageOf(thrown)}. Correct it, or name another.`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw usageError(
    `The baseline ${file} isn't a JSON object. Write one of rule ids with reasons, such as ` +
      '{"contacts/search-by-email": "Known since March; fixed in the next release."}.',
  );
};

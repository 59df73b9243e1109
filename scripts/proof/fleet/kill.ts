import type { Outcome } from '../../../conformance/outcome.ts';
import type { Requirement } from '../../../openapi/register.ts';

/** How a rule saw a fault, for its own reason. */
export interface Kill {
  readonly rule: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a judge of kills knows beside the outcomes. */
export interface Knowledge {
  /** The ids of all operations. */
  readonly operations: ReadonlySet<string>;
  /** The ids of the rules that make servers fail inside. */
  readonly provoking: ReadonlySet<string>;
}

/**
 * The first outcome that kills a server for breaking this requirement: a rule that verifies it, a
 * MUST, failed on an exchange that the requirement concerns, and no crash is among what it saw. What
 * fails beside that is collateral, and counts for nothing.
 */
export const findKill = (
  requirement: Requirement,
  outcomes: readonly Outcome[],
  { operations, provoking }: Knowledge,
): Kill | undefined => {
  for (const outcome of outcomes) {
    const { id: rule, counterexample, level, verifies } = outcome;
    if (outcome.outcome !== 'failed' || !counterexample) continue;
    if (level !== 'MUST' || !verifies.includes(requirement.id)) continue;
    const { expected, actual } = counterexample;
    if (!concerns(requirement, outcome, operations) || crashed(outcome, provoking)) continue;
    return { rule, expected, actual };
  }
  return undefined;
};

/** Whether what was seen has to do with what the requirement is about. */
const concerns = (
  { concerns: about }: Requirement,
  { counterexample }: Outcome,
  operations: ReadonlySet<string>,
): boolean =>
  // An event that doesn't come shows in nothing but its cause.
  about.some((one) => !operations.has(one)) ||
  (counterexample?.exchanges ?? []).some(({ operation }) => about.some((one) => one === operation));

/** Whether the server broke down, other than by a fault inside that the rule had asked for. */
const crashed = ({ id, counterexample }: Outcome, provoking: ReadonlySet<string>): boolean =>
  !provoking.has(id) &&
  (counterexample?.exchanges ?? []).some(
    ({ response, received = false }) => !received && response.status >= 500,
  );

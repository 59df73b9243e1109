import type { OperationId } from '../openapi/contract.ts';
import type { Requirement } from '../openapi/register.ts';
import { readCoverage, type RequirementResult, type RequirementState } from './coverage.ts';
import { toCurl } from './curl.ts';
import type { Scope } from './omissions.ts';
import type { Counterexample, Outcome } from './outcome.ts';
import type { Report, ReportedCounterexample, ReportedGap, ReportedRule } from './report.ts';
import { reachVerdict } from './verdict.ts';

export interface Findings {
  readonly register: readonly Requirement[];
  readonly outcomes: readonly Outcome[];
  readonly scope: Scope;
  readonly url: string;
  /** What the run left behind at the target. */
  readonly remains: string | undefined;
  readonly seed: number;
  readonly strict: boolean;
}

/** Puts together what a run found. */
export const compileReport = (findings: Findings): Report => {
  const { register, outcomes, scope, url, remains, seed, strict } = findings;
  const requirements = readCoverage(register, outcomes, scope.omitted);
  return {
    verdict: reachVerdict(outcomes, requirements, strict),
    strict,
    seed,
    target: { url, remains: remains ?? null },
    counts: {
      rules: countBy(
        ['passed', 'failed', 'not-verified', 'omitted', 'error'],
        (outcome) => outcomes.filter((one) => one.outcome === outcome).length,
      ),
      requirements: countBy(
        states,
        (state) => requirements.filter((one) => one.state === state).length,
      ),
      exchanges: outcomes
        .filter(({ id }) => !id.startsWith('ambient/'))
        .reduce((sum, { exchanges }) => sum + exchanges, 0),
    },
    rules: outcomes.map((outcome) => reportRule(outcome, register)),
    gaps: gapsOf(requirements),
  };
};

const states: readonly RequirementState[] = [
  'verified',
  'failed',
  'error',
  'not-verified',
  'omitted',
  'unobservable',
];

const countBy = <Key extends string>(keys: readonly Key[], count: (key: Key) => number) =>
  Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;

const reportRule = (outcome: Outcome, register: readonly Requirement[]): ReportedRule => {
  const { exchanges, counterexample, reason, ...rest } = outcome;
  return {
    ...rest,
    reason: reason ?? null,
    evidence: { exchanges },
    counterexample: counterexample ? reportCounterexample(counterexample, outcome, register) : null,
  };
};

const reportCounterexample = (
  { expected, actual, exchanges, falsification }: Counterexample,
  { verifies }: Outcome,
  register: readonly Requirement[],
): ReportedCounterexample => ({
  requirements: accused(
    register.filter(({ id }) => verifies.includes(id)),
    exchanges.at(-1)?.operation,
  ).map(({ id, statement, source }) => ({ id, statement, source })),
  expected,
  actual,
  exchanges: exchanges.map(toCurl),
  seed: falsification?.seed ?? null,
  path: falsification?.path ?? null,
  values: falsification?.values ?? null,
});

/** Of the requirements of a rule, those about the operation at which it failed. */
const accused = (
  requirements: readonly Requirement[],
  operation: OperationId | undefined,
): readonly Requirement[] => {
  const about = requirements.filter(
    ({ concerns }) => concerns.includes('all') || (operation && concerns.includes(operation)),
  );
  return about.length > 0 ? about : requirements;
};

const gapStates = ['error', 'not-verified', 'omitted', 'unobservable'] as const;

const gapsOf = (requirements: readonly RequirementResult[]): ReportedGap[] =>
  gapStates.flatMap((state) => {
    const open = requirements.filter((one) => one.state === state);
    const reasons = [...new Set(open.map(({ reason }) => reason ?? ''))];
    // Each unobservable requirement has a reason of its own, told in the register.
    if (state === 'unobservable') return open.length > 0 ? [gap(state, toldInRegister, open)] : [];
    return reasons.map((reason) =>
      gap(
        state,
        reason,
        open.filter((one) => (one.reason ?? '') === reason),
      ),
    );
  });

const toldInRegister = 'No client can see it; the register says why.';

const gap = (
  state: ReportedGap['state'],
  reason: string,
  requirements: readonly RequirementResult[],
): ReportedGap => ({ state, reason, requirements: requirements.map(({ id }) => id) });

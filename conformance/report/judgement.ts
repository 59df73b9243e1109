import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';
import { createAccusedFinder } from './accused.ts';
import { type Baseline, mendedOf } from './baseline.ts';
import type { Gates } from './gates.ts';
import type { Report } from './report.ts';
import { createNewer, type Newer } from './since.ts';
import {
  computeVerdict,
  isFailure,
  readCoverage,
  type RequirementResult,
  verificationOf,
} from './verdict.ts';

/** What a run, or all shards of one, led to. */
export interface JudgedInput {
  readonly register: readonly Requirement[];
  readonly outcomes: readonly Outcome[];
  /** The reasons of the requirements that the description of the target omits. */
  readonly omitted: ReadonlyMap<RequirementId, string>;
  readonly gates: Gates;
  readonly baseline: Baseline;
  readonly sharded: boolean;
  /** Why the run, or its shards, ended before every rule was reached. */
  readonly endedEarly: readonly string[];
  /** The requirements that a failure is about. */
  readonly accusedBy: (outcome: Outcome) => readonly RequirementId[];
}

/** The results of all requirements, and what the gates make of them. */
export interface Judgement extends Pick<Report, 'verification' | 'newer' | 'baseline'> {
  /** Those that are newer than the version of `--as-of` included. */
  readonly requirements: readonly RequirementResult[];
  /** The outcomes that the verdict rests on. */
  readonly counted: readonly Outcome[];
  readonly judge: () => Report['verdict'];
}

/** Applies the gates and the baseline to the outcomes of a run. */
export const judgeRun = (input: JudgedInput): Judgement => {
  const { register, outcomes, omitted, gates, baseline, sharded, endedEarly } = input;
  const newer = createNewer(gates.asOf, register, input.accusedBy);
  const manner = { accusedBy: input.accusedBy, failOn: gates.failOn };
  const requirements = readCoverage(register, outcomes, omitted, manner);
  const counted = outcomes.filter((outcome) => !newer.outcome(outcome));
  const countedRequirements =
    gates.asOf === null
      ? requirements
      : readCoverage(existing(register, outcomes, counted, newer), counted, omitted, manner);
  const mended = mendedOf(counted, countedRequirements, baseline);
  const { failOn, minVerified } = gates;
  return {
    ...{ requirements, counted },
    verification: verificationOf(countedRequirements, sharded ? null : minVerified),
    newer: {
      rules: outcomes.filter(newer.outcome).map(({ id }) => id),
      requirements: register.filter(newer.requirement).map(({ id }) => id),
    },
    baseline: {
      ...{ known: Object.fromEntries(baseline.known), mended, expired: baseline.expired },
    },
    judge: () =>
      computeVerdict(counted, countedRequirements, {
        ...{ failOn, minVerified, sharded, mended, endedEarly },
      }),
  };
};

/** Finds the failures that count in the verdict, while a run goes on. */
export const createFailureTest = (
  register: readonly Requirement[],
): ((outcome: Outcome, gates: Gates) => boolean) => {
  const accusedBy = createAccusedFinder(register);
  return (outcome, { failOn, asOf }) =>
    isFailure(outcome, failOn) && !createNewer(asOf, register, accusedBy).outcome(outcome);
};

/**
 * The requirements that existed, without those that only newer rules verify: nothing could be said
 * about them then.
 */
const existing = (
  register: readonly Requirement[],
  outcomes: readonly Outcome[],
  counted: readonly Outcome[],
  newer: Newer,
): readonly Requirement[] => {
  const now = new Set(outcomes.flatMap(({ verifies }) => verifies));
  const then = new Set(counted.flatMap(({ verifies }) => verifies));
  return register.filter(
    (requirement) =>
      !newer.requirement(requirement) && (then.has(requirement.id) || !now.has(requirement.id)),
  );
};

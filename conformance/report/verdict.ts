import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';
import { countOfShare, type Gates, type Verification } from './gates.ts';

export type Verdict = 'conformant' | 'non-conformant' | 'incomplete';

/** How the verdict on a run is found. */
export interface VerdictOptions extends Partial<Pick<Gates, 'failOn' | 'minVerified'>> {
  /** Whether the run executed one shard of the rules. */
  readonly sharded?: boolean;
  /** What the baseline lists although it fails no more. */
  readonly mended?: readonly string[];
  /** Why the run, or its shards, ended before every rule was reached. */
  readonly endedEarly?: readonly string[];
}

/**
 * The verdict on a target. A failed MUST makes it non-conformant; a failed SHOULD is a deviation, and
 * does so only under `--fail-on should`. A failure in the user's baseline doesn't count. What is in
 * the baseline but fails no more makes the target non-conformant until it is removed there, so that
 * no later failure stays hidden. The verdict is incomplete when nothing was verified at all, and when
 * less was verified than must be; but a shard without rules has nothing to verify, and is conformant.
 *
 * @returns null when a rule ended in an error and none failed: a breakdown gives no verdict
 */
export const computeVerdict = (
  outcomes: readonly Outcome[],
  requirements: readonly RequirementResult[],
  options: VerdictOptions = {},
): Verdict | null => {
  const { failOn = 'must', sharded = false, mended = [] } = options;
  if (mended.length > 0) return 'non-conformant';
  if (outcomes.some((one) => isFailure(one, failOn))) return 'non-conformant';
  if (outcomes.some(({ outcome }) => outcome === 'error')) return null;
  const idle = sharded && outcomes.every(({ outcome }) => outcome === 'omitted');
  const nothing = !idle && !requirements.some(({ state }) => state === 'verified');
  return nothing || isOpen(outcomes, requirements, options) ? 'incomplete' : 'conformant';
};

/** Whether an outcome counts as a failure. Under `none` a failed MUST does, in the verdict. */
export const isFailure = (
  { outcome, known, level }: Pick<Outcome, 'outcome' | 'known' | 'level'>,
  failOn: Gates['failOn'],
): boolean =>
  outcome === 'failed' && known === undefined && (failOn === 'should' || level === 'MUST');

/**
 * Whether less was verified than must be: everything, or the share of `--min-verified`. The share
 * excuses what can't be verified, not what a run that ended early didn't reach: that might have
 * failed. In a shard it isn't known yet, so the merged report is judged by it.
 */
const isOpen = (
  outcomes: readonly Outcome[],
  requirements: readonly RequirementResult[],
  { minVerified = null, sharded = false, endedEarly = [] }: VerdictOptions,
): boolean => {
  const open = outcomes.filter(({ outcome }) => outcome === 'not-verified');
  if (minVerified === null)
    return open.length > 0 || requirements.some(({ state }) => state === 'not-verified');
  if (open.some(({ reason = '' }) => endedEarly.includes(reason))) return true;
  return !sharded && verificationOf(requirements, minVerified).missing > 0;
};

/**
 * How many requirements were verified.
 *
 * @param minVerified - the share of those in scope that must be, in percent
 */
export const verificationOf = (
  requirements: readonly Pick<RequirementResult, 'state'>[],
  minVerified: number | null,
): Verification => {
  const inScope = requirements.filter(
    ({ state }) => state !== 'omitted' && state !== 'unobservable',
  );
  const verified = inScope.filter(({ state }) => state === 'verified').length;
  const wanted = minVerified === null ? 0 : countOfShare(minVerified, inScope.length);
  return { verified, inScope: inScope.length, missing: Math.max(0, wanted - verified) };
};

/** What keeps a run from a verdict, with the exit code of the run. */
export interface VerdictObstacle {
  readonly message: string;
  readonly exitCode: 2 | 4;
}

/** The breakdown of a run whose rules ended in errors. */
export const breakdownOfErrors = (outcomes: readonly Outcome[]): VerdictObstacle => {
  const [first, ...others] = outcomes.filter(({ outcome }) => outcome === 'error');
  const reason = `${first?.id ?? 'A rule'} ended in an error: ${first?.reason ?? 'unknown'}`;
  const rest = others.length === 0 ? '' : ` (and ${String(others.length)} more)`;
  return { message: reason + rest, exitCode: 4 };
};

const exitCodes = { conformant: 0, 'non-conformant': 1, incomplete: 3 } as const;

/**
 * The exit code of a run: 0, 1 or 3 by its verdict, and 2 or 4 by the breakdown that kept it from one.
 * Under `--fail-on none` every verdict gives 0.
 */
export const exitCodeOf = ({
  verdict,
  breakdown,
  gates,
}: {
  readonly verdict: Verdict | null;
  readonly breakdown: VerdictObstacle | null;
  readonly gates: Pick<Gates, 'failOn'>;
}): 0 | 1 | 2 | 3 | 4 => {
  if (verdict === null) return breakdown?.exitCode ?? 4;
  return gates.failOn === 'none' ? 0 : exitCodes[verdict];
};

/**
 * The result of a requirement in a run. `blocked` where the only rule that came to it failed before it
 * got there.
 */
export type RequirementState =
  | ('verified' | 'failed' | 'deviating' | 'blocked')
  | ('error' | 'not-verified' | 'omitted' | 'unobservable');

export interface RequirementResult {
  readonly id: RequirementId;
  readonly area: string;
  readonly state: RequirementState;
  /** Why it is omitted, unobservable or not verified. */
  readonly reason: string | undefined;
}

export interface CoverageOptions {
  /** The requirements that a failure is about; by default all that the rule verifies. */
  readonly accusedBy?: (failed: Outcome) => readonly RequirementId[];
  readonly failOn?: Gates['failOn'];
}

/**
 * The result of every requirement in the register. A requirement is verified only when every rule
 * about it passed, and failed only when a failure is about it.
 */
export const readCoverage = (
  register: readonly Requirement[],
  outcomes: readonly Outcome[],
  omitted: ReadonlyMap<RequirementId, string>,
  { accusedBy = ({ verifies }) => verifies, failOn = 'must' }: CoverageOptions = {},
): RequirementResult[] =>
  register.map((requirement) => {
    const { id, area, unobservable } = requirement;
    const about = outcomes.filter(({ verifies }) => verifies.includes(id));
    if (unobservable !== undefined) {
      return { id, area, state: 'unobservable', reason: unobservable };
    }
    const failed = about.filter(({ outcome }) => outcome === 'failed');
    const accusing = failed.filter((outcome) => accusedBy(outcome).includes(id));
    if (accusing.length > 0) {
      const legal = failOn !== 'should' && accusing.every(({ level }) => level === 'SHOULD');
      return { id, area, state: legal ? 'deviating' : 'failed', reason: undefined };
    }
    if (omitted.has(id)) return { id, area, state: 'omitted', reason: omitted.get(id) };
    const [before] = failed;
    if (before) return { id, area, state: 'blocked', reason: `${before.id} failed before it.` };
    return { id, area, ...stateOf(about) };
  });

const stateOf = (about: readonly Outcome[]): Pick<RequirementResult, 'state' | 'reason'> => {
  if (about.length === 0) {
    return { state: 'not-verified', reason: 'No rule of the suite verifies it yet.' };
  }
  const broken = about.find(({ outcome }) => outcome === 'error');
  if (broken) return { state: 'error', reason: broken.reason };
  const open = about.find(({ outcome }) => outcome === 'not-verified');
  if (open) return { state: 'not-verified', reason: open.reason };
  const unwanted = about.find(({ outcome }) => outcome === 'omitted');
  if (unwanted) return { state: 'omitted', reason: unwanted.reason };
  return { state: 'verified', reason: undefined };
};

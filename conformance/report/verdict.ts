import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';

export type Verdict = 'conformant' | 'non-conformant' | 'incomplete';

/** How the verdict on a run is found. */
export interface VerdictOptions {
  readonly strict: boolean;
  /** Whether the run executed one shard of the rules. */
  readonly sharded?: boolean;
}

/**
 * The verdict on a target. A failed MUST makes it non-conformant; a failed SHOULD is a deviation, and
 * does so only when strict. A failure in the user's baseline doesn't count. A rule that passes but is
 * in the baseline makes the target non-conformant until it is removed there, so that no later failure
 * stays hidden. The verdict is incomplete when anything was neither verified nor omitted, and when
 * nothing was verified at all; but a shard without rules has nothing to verify, and is conformant.
 *
 * @returns null when a rule ended in an error and none failed: a breakdown gives no verdict
 */
export const computeVerdict = (
  outcomes: readonly Outcome[],
  requirements: readonly RequirementResult[],
  { strict, sharded = false }: VerdictOptions,
): Verdict | null => {
  const known = outcomes.filter((one) => one.known !== undefined);
  if (known.some(({ outcome }) => outcome === 'passed')) return 'non-conformant';
  const failed = outcomes.filter((one) => one.outcome === 'failed' && one.known === undefined);
  if (failed.some(({ level }) => strict || level === 'MUST')) return 'non-conformant';
  if (outcomes.some(({ outcome }) => outcome === 'error')) return null;
  const open = outcomes.some(({ outcome }) => outcome === 'not-verified');
  const unverified = requirements.some(({ state }) => state === 'not-verified');
  const idle = sharded && outcomes.every(({ outcome }) => outcome === 'omitted');
  const nothing = !idle && !requirements.some(({ state }) => state === 'verified');
  return open || unverified || nothing ? 'incomplete' : 'conformant';
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

/** The exit code of a run: 0, 1 or 3 by its verdict, and 2 or 4 by the breakdown that kept it from one. */
export const exitCodeOf = (report: {
  readonly verdict: Verdict | null;
  readonly breakdown: VerdictObstacle | null;
}): 0 | 1 | 2 | 3 | 4 =>
  report.verdict === null ? (report.breakdown?.exitCode ?? 4) : exitCodes[report.verdict];

/** The result of a requirement in a run. */
export type RequirementState =
  'verified' | 'failed' | 'error' | 'not-verified' | 'omitted' | 'unobservable';

export interface RequirementResult {
  readonly id: RequirementId;
  readonly area: string;
  readonly state: RequirementState;
  /** Why it is omitted, unobservable or not verified. */
  readonly reason: string | undefined;
}

/**
 * The result of every requirement in the register. A requirement is verified only when every rule
 * about it passed.
 */
export const readCoverage = (
  register: readonly Requirement[],
  outcomes: readonly Outcome[],
  omitted: ReadonlyMap<RequirementId, string>,
): RequirementResult[] =>
  register.map((requirement) => {
    const { id, area, unobservable } = requirement;
    const about = outcomes.filter(({ verifies }) => verifies.includes(id));
    if (unobservable !== undefined) {
      return { id, area, state: 'unobservable', reason: unobservable };
    }
    const failed = about.find(({ outcome }) => outcome === 'failed');
    if (failed) return { id, area, state: 'failed', reason: undefined };
    if (omitted.has(id)) return { id, area, state: 'omitted', reason: omitted.get(id) };
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

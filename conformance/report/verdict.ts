import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';

export type Verdict = 'conformant' | 'non-conformant' | 'incomplete';

/**
 * The verdict on a target. A failed MUST makes it non-conformant; a failed SHOULD is a deviation, and
 * does so only when strict. A failure in the user's baseline doesn't count. A rule that passes but is
 * in the baseline makes the target non-conformant until it is removed there, so that no later failure
 * stays hidden. The verdict is incomplete when anything was neither verified nor omitted, and when
 * nothing was verified at all.
 */
export const computeVerdict = (
  outcomes: readonly Outcome[],
  requirements: readonly RequirementResult[],
  strict: boolean,
): Verdict => {
  const known = outcomes.filter((one) => one.known !== undefined);
  if (known.some(({ outcome }) => outcome === 'passed')) return 'non-conformant';
  const failed = outcomes.filter((one) => one.outcome === 'failed' && one.known === undefined);
  if (failed.some(({ level }) => strict || level === 'MUST')) return 'non-conformant';
  const open = outcomes.some(({ outcome }) => outcome === 'error' || outcome === 'not-verified');
  const unverified = requirements.some(({ state }) => state === 'not-verified');
  const nothing = !requirements.some(({ state }) => state === 'verified');
  return open || unverified || nothing ? 'incomplete' : 'conformant';
};

/**
 * The exit code of a run: 1 non-conformant, otherwise 4 when a rule ended in an error, otherwise 0
 * conformant or 3 incomplete.
 */
export const exitCodeOfVerdict = (
  verdict: Verdict,
  outcomes: readonly Pick<Outcome, 'outcome'>[],
): 0 | 1 | 3 | 4 => {
  if (verdict === 'non-conformant') return 1;
  if (outcomes.some(({ outcome }) => outcome === 'error')) return 4;
  return verdict === 'conformant' ? 0 : 3;
};

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

import type { Requirement, RequirementId } from '../openapi/register.ts';
import type { Outcome } from './outcome.ts';

/** How a requirement of the register fared in a run. */
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
 * Says of every requirement of the register how it fared, so that nothing passes silently: it is
 * verified only when every rule about it passed.
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

import type { RequirementResult } from './coverage.ts';
import type { Outcome } from './outcome.ts';

export type Verdict = 'conformant' | 'non-conformant' | 'incomplete';

/**
 * The verdict on a target. A broken MUST makes it non-conformant; a broken SHOULD is a deviation,
 * and does so only when strict. A failure that the user's baseline knows is borne with; one that
 * it knows and that is no more makes the target non-conformant until the baseline is mended, so
 * that nothing hides behind it. Whatever was neither verified nor omitted makes it incomplete, and
 * so does a run that verified nothing.
 */
export const reachVerdict = (
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
 * The exit code of a run: 0 conformant, 1 non-conformant, 3 incomplete, 4 when the suite or the
 * target broke down on the way and nothing worse was found.
 */
export const exitCodeOf = (
  verdict: Verdict,
  outcomes: readonly Pick<Outcome, 'outcome'>[],
): 0 | 1 | 3 | 4 => {
  if (verdict === 'non-conformant') return 1;
  if (outcomes.some(({ outcome }) => outcome === 'error')) return 4;
  return verdict === 'conformant' ? 0 : 3;
};

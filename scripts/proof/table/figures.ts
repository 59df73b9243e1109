import { isKilled } from '../fleet/result.ts';
import { isSteady } from '../steadiness/result.ts';
import type { MatrixRow } from './matrix.ts';
import type { Records } from './records.ts';

/** What the proof comes to, in numbers. */
export interface Figures {
  /** Documented statements that a client can see broken. */
  readonly statements: number;
  /** Those of them that a server of the fleet breaks. */
  readonly broken: number;
  readonly faults: number;
  readonly killed: number;
  readonly mutants: number;
  /** Percent of all mutants that were judged. */
  readonly mutantsFound: number;
  /** Percent of those that aren't explained: a client could see them break the documentation. */
  readonly visibleMutantsFound: number;
  readonly unexplained: number;
  readonly notJudged: number;
  readonly variants: number;
  readonly cleared: number;
  readonly runs: number;
  readonly steady: number;
}

export const countAll = (
  matrix: readonly MatrixRow[],
  { fleet, mutation, variants, steadiness }: Records,
): Figures => {
  const runs = [...steadiness.plain, ...steadiness.burdened];
  return {
    statements: matrix.length,
    broken: matrix.filter(({ faults }) => faults.length > 0).length,
    faults: fleet.faults.length,
    killed: fleet.faults.filter(isKilled).length,
    mutants: mutation.total.mutants,
    mutantsFound: mutation.total.found,
    visibleMutantsFound: mutation.total.foundOfVisible,
    unexplained: mutation.total.unexplained,
    notJudged: mutation.total.notJudged,
    variants: variants.variants.length,
    cleared: variants.variants.filter(({ cleared }) => cleared).length,
    runs: runs.length,
    steady: runs.filter(isSteady).length,
  };
};

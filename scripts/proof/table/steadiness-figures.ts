import { isSteady, type SteadinessResult } from '../steadiness/result.ts';
import type { SteadyRun } from '../steadiness/run.ts';
import { median } from './median.ts';

/** What runs of one kind came to. */
interface RunFigures {
  readonly runs: number;
  readonly steady: number;
  readonly exchanges: number;
  /** The median. */
  readonly seconds: number | undefined;
}

export interface SteadinessFigures extends Pick<
  SteadinessResult,
  'commits' | 'profile' | 'beside' | 'burden'
> {
  readonly plain: RunFigures;
  readonly burdened: RunFigures;
  readonly unsteady: readonly Pick<SteadyRun, 'seed' | 'exitCode' | 'unsteady'>[];
}

export const countRuns = (result: SteadinessResult): SteadinessFigures => {
  const { commits, profile, beside, burden, plain, burdened } = result;
  return {
    ...{ commits, profile, beside, burden },
    plain: countKind(plain),
    burdened: countKind(burdened),
    unsteady: [...plain, ...burdened]
      .filter((run) => !isSteady(run))
      .map(({ seed, exitCode, unsteady }) => ({ seed, exitCode, unsteady })),
  };
};

const countKind = (runs: readonly SteadyRun[]): RunFigures => ({
  runs: runs.length,
  steady: runs.filter(isSteady).length,
  exchanges: runs.reduce((sum, { exchanges }) => sum + exchanges, 0),
  seconds: median(runs.map(({ seconds }) => seconds)),
});

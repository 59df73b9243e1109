import type { Lateness, SteadyRun } from './run.ts';

/** What the runs on the honest server came to. */
export interface SteadinessResult {
  readonly profile: string;
  /** How many runs went on at the same time. */
  readonly beside: number;
  readonly plain: readonly SteadyRun[];
  /** Beside busy threads, and with late answers. */
  readonly burdened: readonly SteadyRun[];
  readonly burden: Lateness & { readonly threads: number };
}

/** How many runs of each kind are enough to be told of. */
export const usualTimes = { plain: 100, burdened: 20 } as const;

/** Whether a run found nothing at all: each rule passed, and a report says so. */
export const isSteady = ({ exitCode, unsteady }: Pick<SteadyRun, 'exitCode' | 'unsteady'>) =>
  exitCode === 0 && unsteady.length === 0;

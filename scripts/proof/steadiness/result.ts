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

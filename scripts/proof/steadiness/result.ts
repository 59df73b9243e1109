import type { Lateness, SteadyRun } from './run.ts';

/** What the runs on the honest server came to. */
export interface SteadinessResult {
  readonly profile: string;
  readonly plain: readonly SteadyRun[];
  /** Beside busy threads, and with late answers. */
  readonly burdened: readonly SteadyRun[];
  readonly burden: Lateness & { readonly threads: number };
}

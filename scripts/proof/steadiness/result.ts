import type { Lateness, SteadyRun } from './run.ts';

/** What the runs on the honest server came to. */
export interface SteadinessResult {
  /** The states of the repository in which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
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

/** With one run more, in the order of their seeds. */
export const addRun = (runs: readonly SteadyRun[], run: SteadyRun): SteadyRun[] =>
  [...runs, run].sort((one, other) => one.seed - other.seed);

/** So many seeds from this one on, but those of runs that are over. */
export const seedsLeft = (
  { from, times }: { from: number; times: number },
  runs: readonly SteadyRun[],
): number[] =>
  Array.from({ length: times }, (_, index) => from + index).filter(
    (seed) => !runs.some((run) => run.seed === seed),
  );

/** Whether a run found nothing at all: each rule passed, and a report says so. */
export const isSteady = ({ exitCode, unsteady }: Pick<SteadyRun, 'exitCode' | 'unsteady'>) =>
  exitCode === 0 && unsteady.length === 0;

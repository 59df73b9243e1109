import { runOnce, type Lateness, type SteadyRun } from './run.ts';

export interface Repetition {
  /** One run for each. */
  readonly seeds: readonly number[];
  readonly profile: string;
  /** How many runs go on at the same time. */
  readonly beside: number;
  /** Undefined for a server that answers as fast as it can. */
  readonly lateness: Lateness | undefined;
  /** Is told of each run when it is over. */
  readonly tell: (run: SteadyRun) => void;
}

/** Judges the reference server with one seed after another, some of them at the same time. */
export const repeat = async (repetition: Repetition): Promise<void> => {
  const { seeds, profile, beside, lateness, tell } = repetition;
  const left = [...seeds];
  const lane = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      tell(await runOnce(seed, profile, lateness));
    }
  };
  const lanes = Array.from({ length: beside }, lane);
  await Promise.all(lanes).finally(() => {
    // When one lane breaks down, the others begin no further run.
    left.length = 0;
  });
};

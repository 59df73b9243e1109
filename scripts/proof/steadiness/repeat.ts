import { runOnce, type Lateness, type SteadyRun } from './run.ts';

export interface Repetition {
  readonly times: number;
  /** The first seed; those of the other runs follow. */
  readonly from: number;
  readonly profile: string;
  /** How many runs go on at the same time. */
  readonly beside: number;
  /** Undefined for a server that answers as fast as it can. */
  readonly lateness: Lateness | undefined;
  /** Is told of each run. */
  readonly tell: (run: SteadyRun) => void;
}

/** Judges the reference server with one seed after another, some of them at the same time. */
export const repeat = async (repetition: Repetition): Promise<SteadyRun[]> => {
  const { times, from, profile, beside, lateness, tell } = repetition;
  const done: SteadyRun[] = [];
  const left = Array.from({ length: times }, (_, index) => from + index);
  const lane = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const run = await runOnce(seed, profile, lateness);
      done.push(run);
      tell(run);
    }
  };
  const lanes = Array.from({ length: beside }, lane);
  await Promise.all(lanes).finally(() => {
    // When one lane breaks down, the others begin no further run.
    left.length = 0;
  });
  return done.sort((one, other) => one.seed - other.seed);
};

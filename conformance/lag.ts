/** What one measurement of the lag showed. */
export interface LagMeasurement {
  /** In milliseconds; 0 where nothing trailed behind. */
  readonly lag: number;
  /** Whether another measurement would show the same: the target answered in time and in form. */
  readonly certain: boolean;
}

/** How long lists and counts trail behind a write at the target of a run (LG-GEN-053). */
export interface Lag {
  /** In milliseconds; 0 as long as nothing was measured, and where nothing trails behind. */
  readonly known: () => number;
  /** Measures it, once in a run; more often while the target is too busy to be certain. */
  readonly find: () => Promise<number>;
  /** Measures it once more, at a target that was waited for in vain. It never gets shorter. */
  readonly findAgain: () => Promise<number>;
}

/** So often it is measured while nothing certain is found, or where waiting was in vain. */
const attempts = { uncertain: 5, again: 2 };
/** The pause before another attempt, in milliseconds: what keeps a target busy may be over then. */
const pause = 1_000;

/** @param sleep - waits for so many milliseconds */
export const createLag = (
  measure: () => Promise<LagMeasurement>,
  sleep: (milliseconds: number) => Promise<void>,
): Lag => {
  let known = 0;
  let again = 0;
  let measuring: Promise<number> | undefined;
  const begin = async (): Promise<number> => {
    for (let attempt = 1; ; attempt += 1) {
      const { lag, certain } = await measure();
      known = Math.max(known, lag);
      if (known > 0 || certain || attempt === attempts.uncertain) return known;
      await sleep(pause);
    }
  };
  return {
    known: () => known,
    find: () => (measuring ??= begin()),
    findAgain: async () => {
      if (again < attempts.again) {
        again += 1;
        measuring = begin();
      }
      return measuring ?? known;
    },
  };
};

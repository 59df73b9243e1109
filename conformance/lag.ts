/** How long lists and counts trail behind a write at the target of a run (LG-GEN-053). */
export interface Lag {
  /** In milliseconds; 0 as long as nothing was measured, and where nothing trails behind. */
  readonly known: () => number;
  /** Measures it, once in a run. */
  readonly find: () => Promise<number>;
}

export const createLag = (measure: () => Promise<number>): Lag => {
  let known = 0;
  let measuring: Promise<number> | undefined;
  const begin = async (): Promise<number> => {
    known = await measure();
    return known;
  };
  return { known: () => known, find: () => (measuring ??= begin()) };
};

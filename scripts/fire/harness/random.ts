/** Returns numbers from 0 to below 1, the same sequence for the same seed. */
export type Random = () => number;

/** The generator known as mulberry32. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** An integer from 0 to below the limit. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** A random item; undefined if there is none. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[below(random, items.length)];

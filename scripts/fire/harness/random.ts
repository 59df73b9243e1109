/** Numbers from 0 to 1, the same ones for the same seed. */
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

/** A whole number from 0, below the limit. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** One of a list; undefined of an empty one. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[below(random, items.length)];

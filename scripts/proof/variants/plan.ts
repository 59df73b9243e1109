import { createRandom } from '../kill/random.ts';
import { areCompatible } from './catalogue.ts';
import { combineSome, coverAll } from './combine.ts';
import type { Variant } from './variant.ts';

export interface PlanOptions {
  readonly seed: number;
  /** How many servers vary in many things by chance. */
  readonly combinations: number;
}

/** No decision has more than five alternatives; the sixth server is ours, dressed otherwise. */
const fewest = 6;
/** A server that varies by chance takes so much of what it could. */
const share = 0.25;

/** As few servers as take each variant once; the same ones for the same seed. */
export const planCovering = (variants: readonly Variant[], seed: number): Variant[] =>
  coverAll(variants, { count: fewest, random: createRandom(seed), compatible: areCompatible });

/** All that is judged: each variant alone, all of them once, and some of them by chance. */
export const planVariants = (
  variants: readonly Variant[],
  { seed, combinations }: PlanOptions,
): Variant[] => {
  const random = createRandom(seed);
  const options = { share, random, compatible: areCompatible };
  const plain = variants.filter(({ make }) => make.server === 'plain');
  const chance = Array.from({ length: combinations }, (_, index) =>
    combineSome(plain, `random/${index + 1}`, options),
  );
  return [...variants, ...planCovering(variants, seed), ...chance.flatMap((one) => one ?? [])];
};

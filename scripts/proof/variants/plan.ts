import type { RequirementId } from '../../../openapi/register.ts';
import { createRandom } from '../../fire/random.ts';
import { areCompatible } from './catalogue.ts';
import { combineSome, coverAll } from './combine.ts';
import type { Variant } from './variant.ts';

export interface PlanOptions {
  readonly seed: number;
  /** How many servers vary in many things by chance. */
  readonly combinations: number;
}

/** What is judged when nobody asks for something else. */
export const usualPlan: PlanOptions = { seed: 1, combinations: 10 };

/** A server that varies by chance takes so much of what it could. */
const share = 0.25;

/** As few servers as take each variant once; the same ones for the same seed. */
export const planCovering = (variants: readonly Variant[], seed: number): Variant[] =>
  coverAll(variants, {
    // The alternatives of one decision are on a server each; one more is ours, dressed otherwise.
    count: countMost(variants) + 1,
    random: createRandom(seed),
    compatible: areCompatible,
  });

/** How many alternatives of one decision there are at most. */
const countMost = (variants: readonly Variant[]): number => {
  const counts = new Map<RequirementId, number>();
  const alternatives = variants.filter(({ kind }) => kind === 'alternative');
  for (const decision of alternatives.flatMap(({ decisions }) => decisions)) {
    counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
};

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

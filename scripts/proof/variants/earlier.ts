import { isDeepStrictEqual } from 'node:util';
import type { Recorded } from '../record.ts';
import type { VariantResult, VariantsResult } from './result.ts';
import type { Variant } from './variant.ts';

/** What was found before and still holds, by variant, and the states of the repository it is of. */
export interface Earlier {
  readonly results: ReadonlyMap<string, VariantResult>;
  readonly commits: readonly string[];
}

export const noneEarlier: Earlier = { results: new Map(), commits: [] };

/**
 * The variants that the record has cleared, and of which no rule looked away, as far as they are the same servers still, and were
 * judged by the same seed and number of cases. All others have to be judged.
 */
export const keepCleared = (
  found: Recorded<VariantsResult>,
  planned: readonly Variant[],
  { seed, runs }: Pick<VariantsResult, 'seed' | 'runs'>,
): Earlier => {
  if (found.seed !== seed || found.runs !== runs) return noneEarlier;
  const plans = new Map(planned.map((variant) => [variant.id, variant]));
  const kept = found.variants.filter((result) => {
    const { varies, combines } = plans.get(result.id) ?? {};
    const isSame = isDeepStrictEqual([varies, combines], [result.varies, result.combines]);
    const isExplained = result.unnoticed.every(({ because }) => because !== undefined);
    return result.cleared && isSame && (isExplained || result.kind === 'combination');
  });
  return { results: new Map(kept.map((result) => [result.id, result])), commits: found.commits };
};

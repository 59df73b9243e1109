import type { Rule } from '../../../conformance/context/rule.ts';
import { rules as allRules } from '../../../conformance/rules/index.ts';
import type { Requirement } from '../../../openapi/register.ts';
import type { Harness } from '../harness/harness.ts';
import { rulesForVariant } from './choose-rules.ts';
import { assessVariant, type VariantResult } from './result.ts';
import { startVariant } from './start.ts';
import type { Variant } from './variant.ts';

export interface VariantRunOptions {
  readonly harness: Harness;
  readonly register: readonly Requirement[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** In place of those that suit the variant. */
  readonly rules?: readonly Rule[];
}

/** What a bench for variants allows: some answer late, and most rules wait most of the time. */
export const pace = { timeout: 30_000, concurrency: 30 };

/** So many cases at least show whether an alternative is taken. */
const minCases = 6;

/** Starts a variant, lets the suite judge it over HTTP, and says what came of it. */
export const runVariant = async (
  variant: Variant,
  { harness, register, seed, runs, rules = rulesForVariant(variant, register) }: VariantRunOptions,
): Promise<VariantResult> => {
  const server = await startVariant(variant.make);
  const enough = variant.kind === 'alternative' ? Math.max(runs, minCases) : runs;
  const result = await harness.judge(server, { rules, seed, runs: enough });
  return assessVariant(variant, result, allRules);
};

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
  /** By default the rules of `rulesForVariant`. */
  readonly rules?: readonly Rule[];
}

/** Harness options for variants: some respond late, so that rules mostly wait. */
export const harnessOptions = { timeout: 30_000, concurrency: 30 };

/** The minimum number of generated cases in which the effect of an alternative is observed. */
const minCases = 6;

/** Starts a variant, and runs the suite against it over HTTP. */
export const runVariant = async (
  variant: Variant,
  { harness, register, seed, runs, rules = rulesForVariant(variant, register) }: VariantRunOptions,
): Promise<VariantResult> => {
  const server = await startVariant(variant.make);
  const enough = variant.kind === 'alternative' ? Math.max(runs, minCases) : runs;
  const result = await harness.judge(server, { rules, seed, runs: enough });
  return assessVariant(variant, result, allRules);
};

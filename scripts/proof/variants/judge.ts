import type { Rule } from '../../../conformance/rule.ts';
import { rules as allRules } from '../../../conformance/rules/index.ts';
import type { Requirement } from '../../../openapi/register.ts';
import type { Bench } from '../bench.ts';
import { chooseRules } from './choice.ts';
import type { VariantResult } from './result.ts';
import { startSubject } from './subject.ts';
import type { Variant } from './variant.ts';
import { concludeVariant } from './verdict.ts';

export interface JudgingOptions {
  readonly bench: Bench;
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
const fewestCases = 6;

/** Starts a variant, lets the suite judge it over HTTP, and says what came of it. */
export const judgeVariant = async (
  variant: Variant,
  { bench, register, seed, runs, rules = chooseRules(variant, register) }: JudgingOptions,
): Promise<VariantResult> => {
  const subject = await startSubject(variant.make);
  const enough = variant.kind === 'alternative' ? Math.max(runs, fewestCases) : runs;
  const judgement = await bench.judge(subject, { rules, seed, runs: enough });
  return concludeVariant(variant, judgement, allRules);
};

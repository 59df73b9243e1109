import type { Level, RequirementId } from '../../../openapi/register.ts';
import type { Untried } from './alternatives.ts';
import type { Variant } from './variant.ts';

/** A MUST that a variant is said to break. */
export interface Accusation {
  readonly rule: string;
  readonly verifies: readonly RequirementId[];
  readonly expected: string;
  readonly actual: string;
}

/** A decision that a variant takes otherwise, and that no rule saw. */
export interface Unnoticed {
  readonly decision: RequirementId;
  /** The rules that verify it. */
  readonly by: readonly string[];
  /** Why that is as it should be, where it is. */
  readonly because?: string;
}

/** A rule that came to no verdict. */
export interface Unverified {
  readonly rule: string;
  readonly level: Level;
  /** What the suite says of it. */
  readonly reason: string;
}

/** How one variant fared. */
export interface VariantResult extends Pick<
  Variant,
  'id' | 'kind' | 'varies' | 'legal' | 'combines'
> {
  readonly server: 'plain' | 'reference';
  /** Whether rules passed, nothing was said against it, and no MUST was left open. */
  readonly cleared: boolean;
  /** False alarms, as a variant breaks nothing. */
  readonly accusations: readonly Accusation[];
  readonly errors: readonly { readonly rule: string; readonly reason: string }[];
  readonly unverified: readonly Unverified[];
  /** What the SHOULD rules that failed verify. */
  readonly deviations: readonly RequirementId[];
  /** Those of them that come from rules about nothing that the variant takes otherwise. */
  readonly unexpected: readonly RequirementId[];
  readonly unnoticed: readonly Unnoticed[];
  /** How many rules judged it: they passed or failed. */
  readonly rules: number;
  readonly requests: number;
  readonly seconds: number;
}

/** What came of judging the variants. */
export interface VariantsResult {
  /** The states of the repository at which they were judged. */
  readonly commits: readonly string[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  readonly variants: readonly VariantResult[];
  /** Alternatives that no server here takes. */
  readonly untried: readonly Untried[];
}

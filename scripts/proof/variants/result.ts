import type { RequirementId } from '../../../openapi/register.ts';
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

/** How one variant fared. */
export interface VariantResult extends Pick<
  Variant,
  'id' | 'kind' | 'varies' | 'legal' | 'combines'
> {
  readonly server: 'plain' | 'reference';
  /** Whether nothing at all was said against it. */
  readonly cleared: boolean;
  /** False alarms, as a variant breaks nothing. */
  readonly accusations: readonly Accusation[];
  readonly errors: readonly { readonly rule: string; readonly reason: string }[];
  /** The decisions that a SHOULD rule saw taken otherwise. */
  readonly deviations: readonly RequirementId[];
  readonly unnoticed: readonly Unnoticed[];
  /** How many rules judged it. */
  readonly rules: number;
  readonly requests: number;
  readonly seconds: number;
}

/** What came of judging the variants. */
export interface VariantsResult {
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  readonly variants: readonly VariantResult[];
  /** Alternatives that no server here takes. */
  readonly untried: readonly Untried[];
}

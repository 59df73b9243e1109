import type { Level, RequirementId } from '../openapi/register.ts';
import type { RequirementState } from './coverage.ts';
import type { Outcome } from './outcome.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a run has to say, without secrets; what reporters turn into text. */
export interface Report {
  readonly verdict: Verdict;
  /** Whether deviations from decisions count as failures. */
  readonly strict: boolean;
  readonly seed: number;
  readonly target: {
    readonly url: string;
    /** What the run left behind there; null for nothing. */
    readonly remains: string | null;
  };
  readonly counts: {
    readonly rules: Readonly<Record<Outcome['outcome'], number>>;
    readonly requirements: Readonly<Record<RequirementState, number>>;
    readonly exchanges: number;
  };
  readonly rules: readonly ReportedRule[];
  /** What was not verified, by reason. */
  readonly gaps: readonly ReportedGap[];
}

export interface ReportedRule {
  readonly id: string;
  readonly level: Level;
  readonly verifies: readonly RequirementId[];
  readonly sentence: string;
  readonly outcome: Outcome['outcome'];
  readonly reason: string | null;
  readonly evidence: { readonly exchanges: number };
  readonly counterexample: ReportedCounterexample | null;
}

export interface ReportedCounterexample {
  /** The requirements that it speaks against, with their places in the documentation. */
  readonly requirements: readonly {
    readonly id: RequirementId;
    readonly statement: string;
    readonly source: string;
  }[];
  readonly expected: string;
  readonly actual: string;
  /** Each request as a curl line, with secrets as variables, and its answer in short. */
  readonly exchanges: readonly { readonly curl: string; readonly answer: string }[];
  /** Only of generated cases. */
  readonly seed: number | null;
  readonly path: string | null;
  readonly values: string | null;
}

export interface ReportedGap {
  readonly state: 'omitted' | 'not-verified' | 'error' | 'unobservable';
  readonly reason: string;
  readonly requirements: readonly RequirementId[];
}

import type { Level, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { RequirementState, Verdict } from './verdict.ts';

/**
 * Everything that a run has to say, without secrets; what reporters turn into text. Its JSON form is
 * described by `reporters/report.schema.json`.
 */
export interface Report {
  /** Raised when a program that reads reports has to know of a change. */
  readonly schemaVersion: 1;
  readonly suite: { readonly version: string };
  readonly verdict: Verdict;
  /** Whether deviations from decisions count as failures. */
  readonly strict: boolean;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** `i/n`, where the run judged one part of the rules; null for a whole run. */
  readonly shard: string | null;
  readonly target: ReportedTarget;
  readonly counts: {
    readonly rules: Readonly<Record<Outcome['outcome'], number>>;
    readonly requirements: Readonly<Record<RequirementState, number>>;
    readonly exchanges: number;
  };
  /** What the user had declared to be known. */
  readonly baseline: {
    /** Rules that passed although their failure was declared known. */
    readonly mended: readonly string[];
  };
  readonly rules: readonly ReportedRule[];
  /** Requirements that the description of the target omits, with the reason that it gives. */
  readonly omitted: Readonly<Record<string, string>>;
  /** What was not verified, by reason. */
  readonly gaps: readonly ReportedGap[];
}

export interface ReportedTarget {
  readonly url: string;
  /** What it let the suite do beyond calling it. */
  readonly capabilities: readonly string[];
  /** The words of a command line that name it again. */
  readonly options: readonly string[];
  /** What the run left behind there; null for nothing. */
  readonly remains: string | null;
  /**
   * How long lists and counts were waited for after a write, in milliseconds, since they trail
   * behind (LG-GEN-053); left out where they don't.
   */
  readonly listsWaitedForMs?: number;
}

export interface ReportedRule {
  readonly id: string;
  readonly level: Level;
  readonly verifies: readonly RequirementId[];
  readonly sentence: string;
  readonly outcome: Outcome['outcome'];
  readonly reason: string | null;
  /** Why its failure was known before; null when it wasn't. */
  readonly known: string | null;
  /** How many exchanges the outcome rests on, and how long the rule took. */
  readonly evidence: { readonly exchanges: number; readonly milliseconds: number };
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
  /** How many exchanges came before those that are told. */
  readonly earlier: number;
  /** The smallest sequence that shows it; of a very long one the end. */
  readonly exchanges: readonly ReportedExchange[];
  /** The variables that stand for credentials in the exchanges. */
  readonly variables: readonly {
    readonly name: string;
    /** Where its value comes from, or came from. */
    readonly origin: string;
  }[];
  /** The seed of the run; together with the path it repeats the case. */
  readonly seed: number;
  /** The way to the smallest generated case; null when nothing was generated. */
  readonly path: string | null;
  /** Of an ambient rule: the rule that was judged when it happened; null of any other. */
  readonly during: string | null;
  /** The generated values, as text. */
  readonly values: string | null;
  /** The command that repeats it. */
  readonly repeat: string;
}

export interface ReportedExchange {
  readonly operation: string | null;
  /** Whether the target sent it to the suite: the delivery of an event. */
  readonly received: boolean;
  /** The request as a line for a shell, with secrets as variables. */
  readonly curl: string;
  /** The answer in short; of a delivery, what it said. */
  readonly answer: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: ReportedBody | null;
  };
  readonly response: {
    /** 0 of a delivery, whose answer isn't kept. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: ReportedBody | null;
  };
}

export interface ReportedBody {
  /** How `content` tells it: as it is, or bytes that are no text as base64. */
  readonly encoding: 'text' | 'base64';
  readonly content: string;
  /** Its whole length in bytes. */
  readonly bytes: number;
  /** Whether `content` is only its beginning. */
  readonly cut: boolean;
}

export interface ReportedGap {
  readonly state: 'omitted' | 'not-verified' | 'error' | 'unobservable';
  readonly reason: string;
  readonly requirements: readonly RequirementId[];
}

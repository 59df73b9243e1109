import type { Level, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { ExpiredEntry } from './baseline.ts';
import type { Gates, Verification } from './gates.ts';
import type { RequirementState, Verdict } from './verdict.ts';

/**
 * The results of a run, without secrets; reporters turn it into text. `reporters/report.schema.json`
 * describes its JSON form.
 */
export interface Report {
  /** Raised by a change that programs which read reports must know of. */
  readonly schemaVersion: 1;
  readonly suite: { readonly version: string };
  /** Null when a breakdown kept the run from one. */
  readonly verdict: Verdict | null;
  /** What kept the run from a verdict; null when there is one. */
  readonly breakdown: ReportedBreakdown | null;
  /** Why the run ended before it reached every rule, such as a limit; null when it didn't. */
  readonly endedEarly: string | null;
  /** What the verdict and the exit code rest on. */
  readonly gates: Gates;
  /** Whether deviations from decisions count as failures: `--fail-on should`. */
  readonly strict: boolean;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** `i/n`, where the run executed one shard of the rules; null for a whole run. */
  readonly shard: string | null;
  readonly target: ReportedTarget;
  readonly counts: {
    readonly rules: Readonly<Record<Outcome['outcome'], number>>;
    readonly requirements: Readonly<Record<RequirementState, number>>;
    readonly exchanges: number;
  };
  /** How many of the requirements that count and are in scope were verified. */
  readonly verification: Verification;
  /** What is newer than the version of `--as-of`, and doesn't count; empty without it. */
  readonly newer: {
    /** Also an older rule whose failure is about newer requirements only. */
    readonly rules: readonly string[];
    readonly requirements: readonly RequirementId[];
  };
  /** The user's file of known failures, and what it led to. */
  readonly baseline: {
    /** The reasons by the ids of the rules and requirements that it lists. */
    readonly known: Readonly<Record<string, string>>;
    /** The ids of the rules that passed and the requirements that were verified although it lists them. */
    readonly mended: readonly string[];
    /** The entries that count no more. */
    readonly expired: readonly ExpiredEntry[];
  };
  /** The causes of the failures, the most telling first; deviations after them. */
  readonly findings: readonly ReportedFinding[];
  readonly rules: readonly ReportedRule[];
  /** The reasons by the ids of the requirements that the description of the target omits. */
  readonly omitted: Readonly<Record<string, string>>;
  /** The requirements that were not verified, by state and reason. */
  readonly gaps: readonly ReportedGap[];
}

/** An error of the suite, its configuration or the way to the target. */
export interface ReportedBreakdown {
  readonly message: string;
  /** The exit code of the run. */
  readonly exitCode: 2 | 4;
}

export interface ReportedTarget {
  /** Empty when no option named it and it was not opened. */
  readonly url: string;
  /** What the suite could do there beyond calling the API. */
  readonly capabilities: readonly string[];
  /** The command-line options that name it, to repeat a run. */
  readonly options: readonly string[];
  /** What the run left behind there; null for nothing. */
  readonly remains: string | null;
  /**
   * How long rules waited after a write before they read lists and counts, in milliseconds, as
   * these lag behind (LG-GEN-053); left out without a lag.
   */
  readonly listsWaitedForMs?: number;
  /** Set where `--insecure` accepted any TLS certificate. */
  readonly insecure?: true;
}

export interface ReportedRule {
  readonly id: string;
  readonly level: Level;
  readonly verifies: readonly RequirementId[];
  /** Of a failed rule: those that the failure is about; empty for all others. */
  readonly accuses: readonly RequirementId[];
  readonly sentence: string;
  /** The version of the suite in which it first existed. */
  readonly since: string;
  readonly outcome: Outcome['outcome'];
  readonly reason: string | null;
  /** The reason in the baseline; null when it lists neither the rule nor what its failure is about. */
  readonly known: string | null;
  /** How many exchanges the outcome rests on, and how long the rule took. */
  readonly evidence: { readonly exchanges: number; readonly milliseconds: number };
  readonly counterexample: ReportedCounterexample | null;
}

/** One cause of failures: what is broken, the rule that shows it best, and the others. */
export interface ReportedFinding {
  /** The id of the rule that shows it best. */
  readonly rule: string;
  readonly level: Level;
  /** What is broken: one of these. */
  readonly requirements: readonly RequirementId[];
  /** The first of them in words; of a decision, what the target does in its place. */
  readonly title: string;
  /** The operation whose response was not as expected. */
  readonly operation: string | null;
  /** The ids of the other rules that failed for this cause. */
  readonly seenBy: readonly string[];
  /** The ids of rules that didn't get to what they are about, since this failed before. */
  readonly blocked: readonly string[];
  /** The ids of rules that failed in longer sequences with this operation, perhaps in consequence. */
  readonly perhaps: readonly string[];
}

export interface ReportedCounterexample {
  /** The requirements that it violates, with their places in the documentation. */
  readonly requirements: readonly {
    readonly id: RequirementId;
    readonly statement: string;
    readonly source: string;
  }[];
  readonly expected: string;
  readonly actual: string;
  /** The operation whose response was not as expected; null where several were compared. */
  readonly operation: string | null;
  /** The type of the event that did not arrive; null where none was missing. */
  readonly missing: string | null;
  /** Whether a step was expected to succeed that didn't. */
  readonly step: boolean;
  /** Whether that step was only to prepare what the rule is about. */
  readonly preparation: boolean;
  /** The index of the exchange that was not as expected; null where several were compared. */
  readonly shows: number | null;
  /** How many exchanges came before the reported ones. */
  readonly earlier: number;
  /** The smallest sequence that shows it; of a very long one only the end. */
  readonly exchanges: readonly ReportedExchange[];
  /** The variables that replace credentials in the exchanges. */
  readonly variables: readonly {
    readonly name: string;
    /** Where its value comes from, for example `from the environment`. */
    readonly origin: string;
  }[];
  /** The seed of the run; together with the path it repeats the case. */
  readonly seed: number;
  /** fast-check's path to the smallest generated case; null when nothing was generated. */
  readonly path: string | null;
  /** Of an ambient rule: the id of the rule that was being executed; null for other rules. */
  readonly during: string | null;
  /** The generated values, as text. */
  readonly values: string | null;
  /** The command that repeats it. */
  readonly repeat: string;
}

export interface ReportedExchange {
  readonly operation: string | null;
  /** Whether it is a delivery: the target sent it to the suite. */
  readonly received: boolean;
  /** The request as a curl command, with variables in place of secrets. */
  readonly curl: string;
  /** The response in short; for a delivery, its signature and body in short. */
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
    /** 0 for a delivery, whose response isn't kept. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: ReportedBody | null;
  };
}

export interface ReportedBody {
  /** The encoding of `content`: base64 for bytes that aren't UTF-8. */
  readonly encoding: 'text' | 'base64';
  readonly content: string;
  /** The length of the whole body in bytes. */
  readonly bytes: number;
  /** Whether `content` is only the beginning of the body. */
  readonly cut: boolean;
}

export interface ReportedGap {
  readonly state: 'omitted' | 'not-verified' | 'error' | 'unobservable';
  readonly reason: string;
  readonly requirements: readonly RequirementId[];
}

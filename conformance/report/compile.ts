import { readFileSync } from 'node:fs';
import type { Requirement } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { Scope } from '../runner/selection.ts';
import { type Accusation, createAccusedFinder, createFindAccused } from './accused.ts';
import { type Baseline, noBaseline } from './baseline.ts';
import type { Keyring } from './credentials.ts';
import { type ReportContext, reportCounterexample } from './evidence.ts';
import { type Breadth, findCauses } from './findings.ts';
import { type Gates, usualGates } from './gates.ts';
import { judgeRun } from './judgement.ts';
import { createRedaction } from './redaction.ts';
import type { Report, ReportedGap, ReportedRule } from './report.ts';
import { createSinceFinder } from './since.ts';
import {
  breakdownOfErrors,
  type RequirementResult,
  type RequirementState,
  type VerdictObstacle,
} from './verdict.ts';

export interface ReportInput {
  readonly register: readonly Requirement[];
  readonly outcomes: readonly Outcome[];
  readonly scope: Scope;
  readonly target: {
    readonly url: string;
    readonly capabilities: Iterable<string>;
    /** The command-line options that name it, to repeat a run. */
    readonly options: readonly string[];
    /** What the run left behind there; undefined for nothing. */
    readonly leftovers: string | undefined;
    /** Milliseconds that rules waited after a write before they read lists and counts. */
    readonly lag?: number;
    /** Whether its TLS certificate was not checked. */
    readonly insecure?: boolean;
  };
  /** The version of this suite. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The usual ones unless given. */
  readonly gates?: Gates;
  readonly shard?: string;
  /** What ended the run without a verdict. */
  readonly breakdown?: VerdictObstacle | undefined;
  /** Why the run ended before it reached every rule. */
  readonly endedEarly?: string | undefined;
  /** The rules in their order, basic ones first. */
  readonly order?: readonly Breadth[];
  readonly baseline?: Baseline | undefined;
  /** The secrets that the report must not contain. */
  readonly keyring: Keyring;
}

/** Compiles the report of a run, without secrets. */
export const compileReport = (input: ReportInput): Report => {
  const { register, outcomes, scope, target, keyring, seed, runs, order = [] } = input;
  const { gates = usualGates, endedEarly = null } = input;
  const { requirements, counted, judge, ...judged } = judgeRun({
    ...{ register, outcomes, gates, omitted: scope.omitted },
    endedEarly: endedEarly === null ? [] : [endedEarly],
    ...{ sharded: input.shard !== undefined, baseline: input.baseline ?? noBaseline },
    accusedBy: createAccusedFinder(register),
  });
  const context = { register, keyring, seed, runs, options: target.options };
  const rules = reportRules(outcomes, context);
  const report: Report = {
    schemaVersion: 1,
    suite: { version: input.version },
    ...concludeRun(input.breakdown, counted, judge),
    endedEarly,
    ...{ gates, strict: gates.failOn === 'should', seed, runs },
    startedAt: new Date(input.startedAt).toISOString(),
    durationMs: input.durationMs,
    shard: input.shard ?? null,
    target: {
      ...{ url: target.url, capabilities: [...target.capabilities].sort() },
      ...{ options: target.options, remains: target.leftovers ?? null },
      ...(target.lag ? { listsWaitedForMs: target.lag } : {}),
      ...(target.insecure ? { insecure: true } : {}),
    },
    counts: countsOf(outcomes, requirements),
    ...judged,
    ...{ findings: findCauses(rules, { register, order, newer: judged.newer.rules }), rules },
    omitted: Object.fromEntries(scope.omitted),
    gaps: gapsOf(requirements),
  };
  return redactReport(report, keyring);
};

/** The verdict, or the breakdown in its place. */
export const concludeRun = (
  breakdown: VerdictObstacle | undefined,
  outcomes: readonly Outcome[],
  judge: () => Report['verdict'],
): Pick<Report, 'verdict' | 'breakdown'> => {
  if (breakdown) return { verdict: null, breakdown };
  const verdict = judge();
  return { verdict, breakdown: verdict === null ? breakdownOfErrors(outcomes) : null };
};

export const countsOf = (
  outcomes: readonly Outcome[],
  requirements: readonly { readonly state: RequirementState }[],
): Report['counts'] => ({
  rules: countBy(
    ['passed', 'failed', 'not-verified', 'omitted', 'error'],
    (outcome) => outcomes.filter((one) => one.outcome === outcome).length,
  ),
  requirements: countBy(
    states,
    (state) => requirements.filter((one) => one.state === state).length,
  ),
  exchanges: outcomes
    .filter(({ id }) => !id.startsWith('ambient/'))
    .reduce((sum, { exchanges }) => sum + exchanges, 0),
});

const states: readonly RequirementState[] = [
  'verified',
  'failed',
  'deviating',
  'blocked',
  'error',
  'not-verified',
  'omitted',
  'unobservable',
];

const countBy = <Key extends string>(keys: readonly Key[], count: (key: Key) => number) =>
  Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;

/** The rules with their evidence. */
const reportRules = (outcomes: readonly Outcome[], context: ReportContext): ReportedRule[] => {
  const findAccused = createFindAccused(context.register);
  const sinceOf = createSinceFinder(context.register);
  return outcomes.map((outcome) =>
    reportRule(outcome, { accusation: findAccused(outcome), since: sinceOf(outcome) }, context),
  );
};

const reportRule = (
  outcome: Outcome,
  { accusation, since }: { readonly accusation: Accusation; readonly since: string },
  context: ReportContext,
): ReportedRule => {
  const { id, level, verifies, sentence, exchanges, counterexample, reason, known } = outcome;
  return {
    ...{ id, level, verifies },
    accuses: counterexample ? accusation.requirements : [],
    ...{ sentence, since, outcome: outcome.outcome },
    reason: reason ?? null,
    known: known ?? null,
    evidence: { exchanges, milliseconds: outcome.milliseconds ?? 0 },
    counterexample: counterexample
      ? reportCounterexample(counterexample, id, accusation, context)
      : null,
  };
};

/** The report with each secret in any of its strings replaced. */
const redactReport = (report: Report, { environment, credentials }: Keyring): Report => {
  const received = credentials().map(({ value }) => ({ value, shownAs: '***' }));
  const redact = createRedaction(environment, received);
  const redactValue = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') return structural.has(field) ? value : redact(value);
    if (Array.isArray(value)) return value.map((item) => redactValue(item, field));
    if (typeof value !== 'object' || value === null) return value;
    // Its bytes were redacted before they were encoded.
    const encoded = 'encoding' in value && value.encoding === 'base64';
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        encoded && name === 'content' ? (inner as unknown) : redactValue(inner, name),
      ]),
    );
  };
  return redactValue(report, '') as Report;
};

/** Fields whose values are names that the suite gives: programs rely on them, and no secret is there. */
const structural: ReadonlySet<string> = new Set([
  ...['version', 'verdict', 'startedAt', 'shard', 'capabilities', 'id', 'level', 'verifies'],
  ...['outcome', 'state', 'requirements', 'operation', 'encoding', 'mended', 'path', 'during'],
  ...['rule', 'accuses', 'seenBy', 'blocked', 'perhaps'],
  ...['since', 'failOn', 'asOf', 'rules', 'until'],
]);

const gapStates = ['error', 'not-verified', 'omitted', 'unobservable'] as const;

/** The requirements that were not verified, by state and reason. */
export const gapsOf = (requirements: readonly RequirementResult[]): ReportedGap[] =>
  gapStates.flatMap((state) => {
    const open = requirements.filter((one) => one.state === state);
    const reasons = [...new Set(open.map(({ reason }) => reason ?? ''))];
    // Each unobservable requirement has its own reason in the register.
    if (state === 'unobservable')
      return open.length > 0 ? [toGap(state, statedInRegister, open)] : [];
    return reasons.map((reason) =>
      toGap(
        state,
        reason,
        open.filter((one) => (one.reason ?? '') === reason),
      ),
    );
  });

const statedInRegister = 'No client can observe it; the register says why.';

const toGap = (
  state: ReportedGap['state'],
  reason: string,
  requirements: readonly RequirementResult[],
): ReportedGap => ({ state, reason, requirements: requirements.map(({ id }) => id) });

/** The version of this suite, as its package says. */
export const readVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

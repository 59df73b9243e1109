import type { Contract } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import type { RuleContextOptions } from '../context/context.ts';
import type { AmbientRule, Arrival, CheckRule, Rule } from '../context/rule.ts';
import { readAcceptances } from '../contract/permitted-responses.ts';
import { withMaxRps } from '../http/pacing.ts';
import { withTimeout } from '../http/timeout.ts';
import type { Fetch, Surroundings } from '../http/transport.ts';
import { describeMissing, type Target, Unavailable } from '../targets/target.ts';
import type { Sink } from '../webhooks/sink.ts';
import { createAmbientChecks, createArrivals, createFlawFinder } from './ambient-checks.ts';
import { createTargetLag, type TargetLag } from './lag.ts';
import { conclude, type Outcome } from './outcome.ts';
import {
  countLeftovers,
  describeInterruption,
  measureTargetLag,
  type RuleRunOptions,
  runRule,
} from './rule-run.ts';
import { type ExclusionReason, readScope, type Scope } from './selection.ts';

/** Which rules a run executes, and how: what the command line says about them. */
export interface RunOptions {
  readonly rules: readonly Rule[];
  /** Every generated value follows from it. */
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** fast-check's path to one case, to repeat it; only when a single rule is executed. */
  readonly path?: string | undefined;
  /** Requests a second at most, over all rules. */
  readonly maxRps?: number | undefined;
  /** Whether the run sends reads only. */
  readonly readOnly?: boolean;
  /** Why the user left a rule out: its outcome is omitted then, with this reason. */
  readonly leftOut?: ExclusionReason;
  /** Milliseconds that one response may take. */
  readonly timeout: number;
  /** How many rules are executed at the same time; 1 unless said otherwise. */
  readonly concurrency?: number | undefined;
}

export interface RunnerOptions {
  readonly run: RunOptions;
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly target: Target;
  readonly surroundings: Surroundings;
  /** Where events arrive; without one, rules that need webhooks are not verified. */
  readonly sink?: Sink | undefined;
  /** When it fires, nothing more is sent. A sentence as its reason is that of rules not reached. */
  readonly interruption: AbortSignal;
  /** Whether the target is known to show every write at once: then no lag is measured. */
  readonly showsWritesAtOnce?: boolean | undefined;
  /** Called with each rule before it is executed. */
  readonly began?: ((rule: Rule) => void) | undefined;
  /** Called with each violation of an ambient rule, and the id of the rule that was executed. */
  readonly violated?: ((rule: AmbientRule, during: string) => void) | undefined;
  /** Called with each outcome of `runAll`, as it is found. */
  readonly ended?: ((outcome: Outcome) => void) | undefined;
}

/** Executes rules at one target: all of them, or one by one in any order. */
export interface Runner {
  /**
   * Executes all rules. One that breaks down doesn't keep the others from running, and an
   * interrupted run returns what it knows.
   *
   * @returns the outcomes in the order of the rules
   */
  readonly runAll: () => Promise<Outcome[]>;
  readonly run: (rule: CheckRule) => Promise<Outcome>;
  /** The outcomes of the ambient rules so far, in their order. */
  readonly ambientOutcomes: () => Outcome[];
  readonly scope: Scope;
  /** What the run has left at the target so far; undefined for nothing. */
  readonly leftovers: () => string | undefined;
  /** Milliseconds that lists and counts were waited for after a write; 0 for not at all. */
  readonly lag: () => number;
}

/**
 * Prepares a run. The ambient rules inspect every exchange of the rules that it executes.
 *
 * @throws Breakdown when an omission of the target names something that doesn't exist
 */
export const createRunner = (options: RunnerOptions): Runner => {
  const { run, contract, register, target, surroundings, interruption } = options;
  const scope = readScope(contract, register, target.omissions);
  const ambient = run.rules.filter((rule) => rule.kind === 'ambient');
  const leftovers = countLeftovers(contract);
  const { checks, contextFor, flawOf } = prepareRules(options, scope, ambient);
  const optionsFor = (id: string, lag: number): RuleRunOptions => {
    return { context: contextFor(id, lag), flawOf, interruption, leftovers };
  };
  const mustNotMeasure = (): boolean =>
    run.readOnly === true || options.showsWritesAtOnce === true || interruption.aborted;
  const lag = createTargetLag(
    async () => (mustNotMeasure() ? noLag : measureTargetLag(optionsFor('lag', 0))),
    (time) => surroundings.sleep(time, 'a target that is busy'),
  );
  const runOne: Runner['run'] = async (rule) => {
    const unexecuted = omittedOutcome(rule, scope, run) ?? preventedOutcome(rule, options);
    if (unexecuted) return unexecuted;
    options.began?.(rule);
    const start = surroundings.now();
    const outcome = await runWithLag(lag, rule, (time) => optionsFor(rule.id, time));
    return { ...outcome, milliseconds: surroundings.now() - start };
  };
  const ambientOutcomes = () => withoutUnseenRules(ambient, checks.outcomes(), scope, options);
  return {
    scope,
    lag: lag.known,
    run: runOne,
    runAll: () => runInOrder(options, runOne, ambientOutcomes),
    ambientOutcomes,
    leftovers: () => (target.ephemeral ? undefined : leftovers.describe()),
  };
};

/** The ambient checks of a run, and the context that each of its rules gets. */
const prepareRules = (options: RunnerOptions, scope: Scope, ambient: readonly AmbientRule[]) => {
  const { run, contract, register, target, sink, surroundings: clock, interruption } = options;
  const acceptances = readAcceptances(contract, register);
  const flawOf = createFlawFinder(contract);
  const checks = createAmbientChecks(ambient, contract, acceptances, flawOf, options.violated);
  const arrivals = createArrivals(contract, sink?.standing === true);
  const { operations, events } = scope;
  const fetch = createFetch(options);
  const contextFor = (id: string, lag: number): RuleContextOptions => ({
    ...{ contract, acceptances, target, operations, events, fetch, clock, sink, interruption, lag },
    sampling: {
      ...{ seed: seedFor(run.seed, id), runs: run.runs },
      ...(run.path === undefined ? {} : { path: run.path }),
    },
    inspectExchange: (exchange) => {
      checks.inspectExchange(exchange, id);
    },
    inspectDelivery: arrivals.sortedFor((arrival) => {
      if (isInScope(arrival, contract, scope)) checks.inspectDelivery(arrival, id);
    }),
  });
  return { checks, contextFor, flawOf };
};

/** Executes the check rules, those that mostly wait first, and then concludes the ambient rules. */
const runInOrder = async (
  { run, ended }: RunnerOptions,
  runOne: Runner['run'],
  ambientOutcomes: Runner['ambientOutcomes'],
): Promise<Outcome[]> => {
  const outcomes = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    outcomes.set(outcome.id, outcome);
    ended?.(outcome);
  };
  const checks = run.rules
    .filter((rule): rule is CheckRule => rule.kind === 'check')
    .sort((one, other) => Number(other.waits ?? false) - Number(one.waits ?? false));
  await inParallel(checks, run.concurrency ?? 1, async (rule) => {
    end(await runOne(rule));
  });
  for (const outcome of ambientOutcomes()) end(outcome);
  return run.rules.flatMap(({ id }) => outcomes.get(id) ?? []);
};

/**
 * Executes a rule. If it fails, lists and counts may lag behind writes (LG-GEN-053): where they
 * do, the rule is executed again by a client that waits for them, and so are all later rules,
 * except those about that decision.
 */
const runWithLag = async (
  lag: TargetLag,
  rule: CheckRule,
  optionsFor: (lag: number) => RuleRunOptions,
): Promise<Outcome> => {
  if (rule.verifies.includes('LG-GEN-053')) return runRule(rule, optionsFor(0));
  const before = lag.known();
  const outcome = await runRule(rule, optionsFor(before));
  if (outcome.outcome === 'passed') return outcome;
  const find = before > 0 ? lag.findAgain : lag.find;
  const found = outcome.outcome === 'failed' ? await find() : lag.known();
  if (found > before) return runRule(rule, optionsFor(found));
  const suspected = outcome.outcome === 'failed' ? lag.suspected() : 0;
  return suspected > 0 ? runAfterWaiting(lag, rule, optionsFor(suspected), outcome) : outcome;
};

/** Executes a failed rule again, waiting for lists at a target that was too busy to be measured. */
const runAfterWaiting = async (
  lag: TargetLag,
  rule: CheckRule,
  options: RuleRunOptions,
  failed: Outcome,
): Promise<Outcome> => {
  const waited = await runRule(rule, options);
  lag.settle(waited.outcome === 'passed');
  return waited.outcome === 'passed' ? waited : failed;
};

/** Where nothing is measured. */
const noLag = { lag: 0, certain: true };

/** The fetch of all rules, with time-out, pace and read-only mode as the user asked. */
const createFetch = ({ run, surroundings, interruption }: RunnerOptions): Fetch => {
  const { timeout, maxRps, readOnly } = run;
  const timed = withTimeout(surroundings.fetch, timeout, interruption);
  const paced = maxRps === undefined ? timed : withMaxRps(timed, maxRps, surroundings);
  return readOnly ? withoutWrites(paced) : paced;
};

const omittedOutcome = (
  rule: Rule,
  { omitted }: Scope,
  { leftOut }: RunOptions,
): Outcome | undefined => {
  const unwanted = leftOut?.(rule);
  if (unwanted !== undefined) return conclude(rule, { outcome: 'omitted', reason: unwanted });
  const reasons = rule.verifies.map((id) => omitted.get(id));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return conclude(rule, { outcome: 'omitted', reason: reasons[0] });
};

const preventedOutcome = (
  rule: CheckRule,
  { target, interruption }: RunnerOptions,
): Outcome | undefined => {
  if (interruption.aborted) {
    const reason = describeInterruption(interruption);
    return conclude(rule, { outcome: 'not-verified', reason });
  }
  const reason = describeMissing(rule, target.offers);
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** The outcomes of the ambient rules; those that were left out or lack a capability say so. */
const withoutUnseenRules = (
  ambient: readonly AmbientRule[],
  outcomes: readonly Outcome[],
  scope: Scope,
  options: RunnerOptions,
): Outcome[] =>
  outcomes.map((outcome, index) => {
    const rule = ambient[index];
    return (
      (rule && (omittedOutcome(rule, scope, options.run) ?? missingCapability(rule, options))) ??
      outcome
    );
  });

const missingCapability = (rule: AmbientRule, { target }: RunnerOptions): Outcome | undefined => {
  const reason = 'needs' in rule ? describeMissing(rule, target.offers) : undefined;
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** False for an event of a type that the user has omitted. */
const isInScope = ({ delivery }: Arrival, contract: Contract, { events }: Scope): boolean => {
  const type = contract.events.find((one) => one === delivery.event?.type);
  return type === undefined || events.includes(type);
};

/** Each rule has its own seed, so that leaving rules out doesn't change the others' values. */
const seedFor = (seed: number, id: string): number =>
  Array.from(id).reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), seed);

/**
 * Works through items in their order, several at the same time. The first failure is thrown once
 * everything that had begun has ended.
 *
 * @param width - how many at the same time, at least 1
 */
const inParallel = async <Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  const failed = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};

const readMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Wraps fetch so that a rule ends at its first request that could write. */
const withoutWrites =
  (fetch: Fetch): Fetch =>
  (request, signal) => {
    if (readMethods.includes(request.method)) return fetch(request, signal);
    return Promise.reject(new Unavailable('It writes, and --read-only was given.', 'omitted'));
  };

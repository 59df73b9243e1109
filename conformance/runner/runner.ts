import type { Contract } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import type { AmbientRule, Arrival, CheckRule, Rule } from '../context/rule.ts';
import { readAcceptances } from '../contract/acceptances.ts';
import type { Exchange } from '../http/exchange.ts';
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
  interrupted,
  measureTargetLag,
  type RuleRun,
  runRule,
} from './rule-run.ts';
import { readScope, type Scope } from './selection.ts';

/** How the rules are gone through. */
export interface RunSchedule {
  readonly rules: readonly Rule[];
  /** How many rules are judged at the same time; 1 unless said otherwise. */
  readonly concurrency?: number;
  /** Is told of each outcome as it is found. */
  readonly progress: (outcome: Outcome) => void;
}

export type RunRulesOptions = RunnerOptions & RunSchedule;

/** What a run found. */
export interface RunResult {
  /** In the order of the rules. */
  readonly outcomes: Outcome[];
  readonly scope: Scope;
  /** What was left behind at the target. */
  readonly remains: string | undefined;
  /** How long lists and counts were waited for after a write, in milliseconds; 0 for not at all. */
  readonly lag: number;
}

/**
 * Judges a target by all the rules. A rule that breaks down doesn't keep the others from running,
 * and an interrupted run tells what it knows.
 *
 * @throws Breakdown when an omission of the target names what doesn't exist
 */
export const runRules = async (options: RunRulesOptions): Promise<RunResult> => {
  const court = createRunner(options);
  const outcomes = await runAll(court, options);
  return { outcomes, scope: court.scope, remains: court.remains(), lag: court.lag() };
};

/** Has all the rules judged by a court that is open, and gives the outcomes in their order. */
export const runAll = async (
  court: Runner,
  { rules, concurrency = 1, progress }: RunSchedule,
): Promise<Outcome[]> => {
  const ended = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    ended.set(outcome.id, outcome);
    progress(outcome);
  };
  const checks = rules
    .filter((rule): rule is CheckRule => rule.kind === 'check')
    .sort((one, other) => Number(other.waits ?? false) - Number(one.waits ?? false));
  await inParallel(checks, concurrency, async (rule) => {
    end(await court.judge(rule));
  });
  for (const outcome of court.concludeAmbient()) end(outcome);
  return rules.flatMap(({ id }) => ended.get(id) ?? []);
};

export interface RunnerOptions {
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly rules: readonly Rule[];
  readonly target: Target;
  readonly surroundings: Surroundings;
  /** Every generated value follows from it. */
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** fast-check's path to one case, to meet it again; only when a single rule is judged. */
  readonly path?: string;
  /** Requests a second at most, over all rules. */
  readonly maxRps?: number;
  /** Whether nothing may be sent that writes. */
  readonly readOnly?: boolean;
  /** Where events arrive; without one, what needs webhooks isn't verified. */
  readonly sink?: Sink;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Says why the user left a rule out; it ends as omitted then. */
  readonly leftOut?: (rule: Rule) => string | undefined;
  /** When it fires, nothing more is sent. */
  readonly interruption: AbortSignal;
  /** Is told of each rule as its judging begins. */
  readonly began?: (rule: Rule) => void;
}

/** Judges the rules of a run one by one, in whatever order it is asked to. */
export interface Runner {
  readonly judge: (rule: CheckRule) => Promise<Outcome>;
  /** How the ambient rules fared with all that was sent so far, in their order. */
  readonly concludeAmbient: () => Outcome[];
  readonly scope: Scope;
  /** What was left behind at the target so far; undefined for nothing. */
  readonly remains: () => string | undefined;
  /** How long lists and counts were waited for after a write, in milliseconds; 0 for not at all. */
  readonly lag: () => number;
}

/**
 * Makes ready to judge a target. The ambient rules look at all that happens meanwhile.
 *
 * @throws Breakdown when an omission of the target names what doesn't exist
 */
export const createRunner = (options: RunnerOptions): Runner => {
  const { contract, register, target, interruption } = options;
  const scope = readScope(contract, register, target.omissions);
  const acceptances = readAcceptances(contract, register);
  const ambient = options.rules.filter((rule) => rule.kind === 'ambient');
  const flawOf = createFlawFinder(contract);
  const watching = createAmbientChecks(ambient, contract, acceptances, flawOf);
  const arrivals = createArrivals(contract, options.sink?.standing === true);
  const remains = countLeftovers(contract);
  const fetch = createFetch(options);
  const benchFor = (id: string, lag: number): RuleRun => {
    const { surroundings: clock, runs, path } = options;
    const whole = { seed: seedFor(options.seed, id), runs };
    const sampling = path === undefined ? whole : { ...whole, path };
    const { operations } = scope;
    const common = { contract, acceptances, target, operations, fetch, clock };
    const events = { sink: options.sink, events: scope.events, interruption };
    const survey = (exchange: Exchange): void => {
      watching.survey(exchange, id);
    };
    const surveyDelivery = arrivals.sortedFor((arrival) => {
      if (isInScope(arrival, contract, scope)) watching.surveyDelivery(arrival, id);
    });
    const surveying = { survey, surveyDelivery };
    const context = { ...common, ...events, ...surveying, sampling, lag };
    return { context, flawOf, interruption, remains };
  };
  const mustNotMeasure = (): boolean => options.readOnly || interruption.aborted;
  const lag = createTargetLag(
    async () => (mustNotMeasure() ? noLag : measureTargetLag(benchFor('lag', 0))),
    (time) => options.surroundings.sleep(time, 'a target that is busy'),
  );
  return {
    scope,
    lag: lag.known,
    judge: async (rule) => {
      const kept = omittedOutcome(rule, scope, options) ?? preventedOutcome(rule, options);
      if (kept) return kept;
      options.began?.(rule);
      const { now } = options.surroundings;
      const start = now();
      const outcome = await runWithLag(lag, rule, (time) => benchFor(rule.id, time));
      return { ...outcome, milliseconds: now() - start };
    },
    concludeAmbient: () => withoutUnseenRules(ambient, watching.outcomes(), scope, options),
    remains: () => (target.ephemeral ? undefined : remains.tell()),
  };
};

/**
 * Judges a rule. Where it fails, lists and counts may trail behind (LG-GEN-053): at a target where
 * they do, it is judged again by a client that waits for them, and so are all rules from then on,
 * but for those that are about that very decision.
 */
const runWithLag = async (
  lag: TargetLag,
  rule: CheckRule,
  benchFor: (lag: number) => RuleRun,
): Promise<Outcome> => {
  if (rule.verifies.includes('LG-GEN-053')) return runRule(rule, benchFor(0));
  const before = lag.known();
  const outcome = await runRule(rule, benchFor(before));
  if (outcome.outcome === 'passed') return outcome;
  const find = before > 0 ? lag.findAgain : lag.find;
  const found = outcome.outcome === 'failed' ? await find() : lag.known();
  return found > before ? runRule(rule, benchFor(found)) : outcome;
};

/** Of a run that must not write, or has been interrupted. */
const noLag = { lag: 0, certain: true };

/** The way to the target for all rules, with the manners that the user asked for. */
const createFetch = (options: RunnerOptions): Fetch => {
  const { surroundings, timeout, interruption, maxRps, readOnly } = options;
  const timed = withTimeout(surroundings.fetch, timeout, interruption);
  const paced = maxRps === undefined ? timed : withMaxRps(timed, maxRps, surroundings);
  return readOnly ? withoutWrites(paced) : paced;
};

const omittedOutcome = (
  rule: Rule,
  { omitted }: Scope,
  { leftOut }: RunnerOptions,
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
  if (interruption.aborted) return conclude(rule, { outcome: 'not-verified', reason: interrupted });
  const reason = describeMissing(rule, target.offers);
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** How the ambient rules fared, but for those that were left out or couldn't see anything. */
const withoutUnseenRules = (
  ambient: readonly AmbientRule[],
  outcomes: readonly Outcome[],
  scope: Scope,
  options: RunnerOptions,
): Outcome[] =>
  outcomes.map((outcome, index) => {
    const rule = ambient[index];
    return (
      (rule && (omittedOutcome(rule, scope, options) ?? missingCapability(rule, options))) ??
      outcome
    );
  });

/** What kept an ambient rule from seeing anything that it is about. */
const missingCapability = (rule: AmbientRule, { target }: RunnerOptions): Outcome | undefined => {
  const reason = 'needs' in rule ? describeMissing(rule, target.offers) : undefined;
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** Whether it isn't of a type that the user has omitted. */
const isInScope = ({ delivery }: Arrival, contract: Contract, { events }: Scope): boolean => {
  const type = contract.events.find((one) => one === delivery.event?.type);
  return type === undefined || events.includes(type);
};

/** A seed of its own for each rule, so that rules left out don't change the others' values. */
const seedFor = (seed: number, id: string): number =>
  Array.from(id).reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), seed);

/**
 * Works through items in their order, some of them at the same time. The first failure is thrown
 * when all that had begun has ended.
 *
 * @param width - how many at once, at least 1
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

/** Wraps fetch so that nothing is sent that could write: a rule that would do so ends there. */
const withoutWrites =
  (fetch: Fetch): Fetch =>
  (request, signal) => {
    if (readMethods.includes(request.method)) return fetch(request, signal);
    return Promise.reject(new Unavailable('It writes, and --read-only was given.', 'omitted'));
  };

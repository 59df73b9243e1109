import type { Contract } from '../openapi/contract.ts';
import type { Requirement } from '../openapi/register.ts';
import { createArrivals } from './arrivals.ts';
import { interrupted, judge, measure, type Bench } from './judging.ts';
import { createLag, type Lag } from './lag.ts';
import { tellMissing } from './needs.ts';
import { readScope, type Scope } from './omissions.ts';
import { conclude, type Outcome } from './outcome.ts';
import { countRemains } from './remains.ts';
import type { AmbientRule, Arrival, CheckRule, Rule } from './rule.ts';
import type { Sink } from './sink/sink.ts';
import { createFlawFinder, watch } from './surveillance.ts';
import type { Target } from './targets/target.ts';
import { readAcceptances } from './world/acceptance.ts';
import type { Exchange } from './world/exchange.ts';
import type { Fetch, Surroundings } from './world/fetch.ts';
import { withPace } from './world/pace.ts';
import { withoutWrites } from './world/read-only.ts';
import { withTimeout } from './world/timeout.ts';

export interface CourtOptions {
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
export interface Court {
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
export const openCourt = (options: CourtOptions): Court => {
  const { contract, register, target, interruption } = options;
  const scope = readScope(contract, register, target.omissions);
  const acceptances = readAcceptances(contract, register);
  const ambient = options.rules.filter((rule) => rule.kind === 'ambient');
  const flawOf = createFlawFinder(contract);
  const watching = watch(ambient, contract, acceptances, flawOf);
  const arrivals = createArrivals(contract, options.sink?.standing === true);
  const remains = countRemains(contract);
  const fetch = createFetch(options);
  const benchFor = (id: string, lag: number): Bench => {
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
    const world = { ...common, ...events, ...surveying, sampling, lag };
    return { world, flawOf, interruption, remains };
  };
  const mustNotMeasure = (): boolean => options.readOnly || interruption.aborted;
  const lag = createLag(
    async () => (mustNotMeasure() ? nothingTrails : measure(benchFor('lag', 0))),
    (time) => options.surroundings.sleep(time, 'a target that is busy'),
  );
  return {
    scope,
    lag: lag.known,
    judge: async (rule) => {
      const kept = omission(rule, scope, options) ?? hindrance(rule, options);
      if (kept) return kept;
      options.began?.(rule);
      const { now } = options.surroundings;
      const start = now();
      const outcome = await judgeWith(lag, rule, (time) => benchFor(rule.id, time));
      return { ...outcome, milliseconds: now() - start };
    },
    concludeAmbient: () => withoutUnseen(ambient, watching.outcomes(), scope, options),
    remains: () => (target.ephemeral ? undefined : remains.tell()),
  };
};

/**
 * Judges a rule. Where it fails, lists and counts may trail behind (LG-GEN-053): at a target where
 * they do, it is judged again by a client that waits for them, and so are all rules from then on,
 * but for those that are about that very decision.
 */
const judgeWith = async (
  lag: Lag,
  rule: CheckRule,
  benchFor: (lag: number) => Bench,
): Promise<Outcome> => {
  if (rule.verifies.includes('LG-GEN-053')) return judge(rule, benchFor(0));
  const before = lag.known();
  const outcome = await judge(rule, benchFor(before));
  if (outcome.outcome === 'passed') return outcome;
  const find = before > 0 ? lag.findAgain : lag.find;
  const found = outcome.outcome === 'failed' ? await find() : lag.known();
  return found > before ? judge(rule, benchFor(found)) : outcome;
};

/** Of a run that must not write, or has been interrupted. */
const nothingTrails = { lag: 0, certain: true };

/** The way to the target for all rules, with the manners that the user asked for. */
const createFetch = (options: CourtOptions): Fetch => {
  const { surroundings, timeout, interruption, maxRps, readOnly } = options;
  const timed = withTimeout(surroundings.fetch, timeout, interruption);
  const paced = maxRps === undefined ? timed : withPace(timed, maxRps, surroundings);
  return readOnly ? withoutWrites(paced) : paced;
};

const omission = (
  rule: Rule,
  { omitted }: Scope,
  { leftOut }: CourtOptions,
): Outcome | undefined => {
  const unwanted = leftOut?.(rule);
  if (unwanted !== undefined) return conclude(rule, { outcome: 'omitted', reason: unwanted });
  const reasons = rule.verifies.map((id) => omitted.get(id));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return conclude(rule, { outcome: 'omitted', reason: reasons[0] });
};

const hindrance = (
  rule: CheckRule,
  { target, interruption }: CourtOptions,
): Outcome | undefined => {
  if (interruption.aborted) return conclude(rule, { outcome: 'not-verified', reason: interrupted });
  const reason = tellMissing(rule, target.offers);
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** How the ambient rules fared, but for those that were left out or couldn't see anything. */
const withoutUnseen = (
  ambient: readonly AmbientRule[],
  outcomes: readonly Outcome[],
  scope: Scope,
  options: CourtOptions,
): Outcome[] =>
  outcomes.map((outcome, index) => {
    const rule = ambient[index];
    return (rule && (omission(rule, scope, options) ?? lack(rule, options))) ?? outcome;
  });

/** What kept an ambient rule from seeing anything that it is about. */
const lack = (rule: AmbientRule, { target }: CourtOptions): Outcome | undefined => {
  const reason = 'needs' in rule ? tellMissing(rule, target.offers) : undefined;
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

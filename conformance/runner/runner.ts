import { setMaxListeners } from 'node:events';
import type { Contract } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import type { RuleContextOptions } from '../context/context.ts';
import type { AmbientRule, Arrival, CheckRule, Rule } from '../context/rule.ts';
import { readAcceptances } from '../contract/permitted-responses.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Send, Surroundings } from '../http/message.ts';
import { type StillLimited, withMaxRps } from '../http/pacing.ts';
import { createOnInterruption, orInterrupted, reasonOf } from '../http/interruption.ts';
import { withTimeout } from '../http/timeout.ts';
import { describeMissing, type Target, Unavailable } from '../targets/target.ts';
import type { Sink } from '../webhooks/sink.ts';
import { runUntilSettled } from './attempts.ts';
import { createAmbientChecks, createArrivals, createFlawFinder } from './ambient-checks.ts';
import { createHealth, gatewayStatuses, type TargetHealth } from './health.ts';
import { createTargetLag } from './lag.ts';
import { createLanes, type Lane, type Lanes } from './lanes.ts';
import { inOrder } from './order.ts';
import { conclude, type Outcome } from './outcome.ts';
import { countLeftovers, measureTargetLag, type RuleRunOptions } from './rule-run.ts';
import { type ExclusionReason, readScope, type Scope } from './selection.ts';

/** Which rules a run executes, and how: what the command line says about them. */
export interface RunOptions {
  readonly rules: readonly Rule[];
  /** The ids of the check rules in the order of execution; that of the rules unless given. */
  readonly order?: readonly string[] | undefined;
  /** Every generated value follows from it. */
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** fast-check's path to one case, to repeat it; only when a single rule is executed. */
  readonly path?: string | undefined;
  /** Whether the first case that fails is enough, and no simpler one is looked for. */
  readonly firstFailure?: boolean | undefined;
  /** Requests a second at most, over all rules. */
  readonly maxRps?: number | undefined;
  /** Whether the run sends reads only. */
  readonly readOnly?: boolean;
  /** Why the user left a rule out: its outcome is omitted then, with this reason. */
  readonly leftOut?: ExclusionReason;
  /** Milliseconds that one response may take. */
  readonly timeout: number;
  /**
   * How many rules are executed at the same time; 1 unless said otherwise. `adaptive` executes as
   * many as the target can take.
   */
  readonly concurrency?: number | 'adaptive' | undefined;
}

export interface RunnerOptions {
  readonly run: RunOptions;
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly target: Target;
  readonly surroundings: Surroundings;
  /** Where events arrive; without one, rules that need webhooks are not verified. */
  readonly sink?: Sink | undefined;
  /** When it fires, nothing more is sent. */
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
  /** Why the run ended for its target, as a sentence; undefined if it didn't. */
  readonly breakdown: () => string | undefined;
}

/**
 * Prepares a run. The ambient rules inspect every exchange of the rules that it executes.
 *
 * @throws Breakdown when an omission of the target names something that doesn't exist
 */
export const createRunner = (given: RunnerOptions): Runner => {
  const { run, contract, register } = given;
  const health = createHealth({
    ...{ url: given.target.url, surroundings: given.surroundings, timeout: run.timeout },
  });
  const interruption = AbortSignal.any([given.interruption, health.broken]);
  // Each rule that waits for an event adds a listener.
  setMaxListeners(0, interruption);
  const organization = health.watchProvision(given.target.organization);
  const target = { ...given.target, organization };
  const onInterruption = createOnInterruption(interruption);
  const surroundings: Surroundings = {
    ...given.surroundings,
    sleep: (...wait) => orInterrupted(given.surroundings.sleep(...wait), onInterruption),
  };
  const options = { ...given, interruption, target, surroundings };
  const { now } = surroundings;
  const lanes = createLanes({
    fixed: run.concurrency === 'adaptive' ? undefined : (run.concurrency ?? 1),
    now,
  });
  const scope = readScope(contract, register, target.omissions);
  const ambient = run.rules.filter((rule) => rule.kind === 'ambient');
  const leftovers = countLeftovers(contract);
  // Without organisations of its own, a rule that is executed again would repeat its writes.
  const connections = { reuse: target.offers.has('fresh-organizations') };
  const { checks, contextFor, flawOf } = prepareRules({
    options,
    scope,
    ambient,
    connections,
    health,
    lanes,
  });
  const optionsFor = (context: RuleContextOptions): RuleRunOptions => {
    return { context, flawOf, interruption, leftovers };
  };
  const mustNotMeasure = (): boolean =>
    run.readOnly === true || options.showsWritesAtOnce === true || interruption.aborted;
  const lag = createTargetLag(
    async () => (mustNotMeasure() ? noLag : measureTargetLag(optionsFor(contextFor('lag', 0)))),
    (time) => surroundings.sleep(time, 'a target that is busy'),
  );
  const runOne = async (rule: CheckRule, lane?: Lane): Promise<Outcome> => {
    const unexecuted = omittedOutcome(rule, scope, run) ?? preventedOutcome(rule, options);
    if (unexecuted) return unexecuted;
    options.began?.(rule);
    const start = now();
    const outcome = await runUntilSettled(
      rule,
      (time, hold) => optionsFor(contextFor(rule.id, time, { hold, lane })),
      { lag, health, connections, now },
      (exchange) => {
        checks.inspectExchange(exchange, rule.id);
      },
    );
    return { ...outcome, milliseconds: now() - start };
  };
  const ambientOutcomes = () => withoutUnseenRules(ambient, checks.outcomes(), scope, options);
  return {
    scope,
    lag: lag.known,
    run: (rule) => runOne(rule),
    runAll: () => runInOrder(options, lanes, runOne, ambientOutcomes),
    ambientOutcomes,
    leftovers: () => (target.ephemeral ? undefined : leftovers.describe()),
    breakdown: () => (health.broken.aborted ? String(health.broken.reason) : undefined),
  };
};

/** What all rules of a run have in common. */
interface Prepared {
  readonly options: RunnerOptions;
  readonly scope: Scope;
  readonly ambient: readonly AmbientRule[];
  readonly connections: { readonly reuse: boolean };
  readonly health: TargetHealth;
  readonly lanes: Lanes;
}

/** What one execution of a rule has for itself. */
interface Execution {
  /** Keeps an exchange from the ambient rules. */
  readonly hold?: ((exchange: Exchange) => void) | undefined;
  readonly lane?: Lane | undefined;
}

/** The ambient checks of a run, and the context that each of its rules gets. */
const prepareRules = ({ options, scope, ambient, connections, health, lanes }: Prepared) => {
  const { run, contract, register, target, sink, surroundings: clock, interruption } = options;
  const acceptances = readAcceptances(contract, register);
  const flawOf = createFlawFinder(contract);
  const checks = createAmbientChecks(ambient, contract, acceptances, flawOf, options.violated);
  const arrivals = createArrivals(contract, sink?.standing === true);
  const { operations, events } = scope;
  const sendInRun = health.watch(createSend(options));
  const reuse = (): boolean => connections.reuse;
  const limited = (wait: StillLimited): void => {
    lanes.noteRefusal();
    if (wait.attempts > 1) health.noteStillLimited(wait);
  };
  const contextFor = (
    id: string,
    lag: number,
    { hold, lane }: Execution = {},
  ): RuleContextOptions => ({
    ...{ contract, acceptances, target, operations, events, reuse, limited, clock, sink },
    ...{ interruption, lag, send: inLane(sendInRun, lanes, { lane, now: clock.now }) },
    sampling: {
      ...{ seed: seedFor(run.seed, id), runs: run.runs, firstFailure: run.firstFailure },
      ...(run.path === undefined ? {} : { path: run.path }),
    },
    inspectExchange: (exchange) => {
      if (hold && gatewayStatuses.includes(exchange.response.status)) hold(exchange);
      else checks.inspectExchange(exchange, id);
    },
    inspectDelivery: arrivals.sortedFor((arrival) => {
      if (isInScope(arrival, contract, scope)) checks.inspectDelivery(arrival, id);
    }),
  });
  return { checks, contextFor, flawOf };
};

/** The same way to the target; the lane of a rule knows when it is busy. */
const inLane =
  (
    send: Send,
    lanes: Lanes,
    { lane, now }: { readonly lane: Lane | undefined; readonly now: () => number },
  ): Send =>
  async (request, flight) => {
    const start = now();
    lane?.began();
    try {
      const response = await send(request, flight);
      lanes.noteAnswer(now() - start);
      if (gatewayStatuses.includes(response.status)) lanes.noteRefusal();
      return response;
    } finally {
      lane?.ended();
    }
  };

/** Executes the check rules, the telling ones first, and then concludes the ambient rules. */
const runInOrder = async (
  { run, ended }: RunnerOptions,
  lanes: Lanes,
  runOne: (rule: CheckRule, lane: Lane) => Promise<Outcome>,
  ambientOutcomes: Runner['ambientOutcomes'],
): Promise<Outcome[]> => {
  const outcomes = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    outcomes.set(outcome.id, outcome);
    ended?.(outcome);
  };
  const checks = inOrder(run.rules, run.order ?? [], run.concurrency !== 1);
  await lanes.work(checks, async (rule, lane) => {
    end(await runOne(rule, lane));
  });
  for (const outcome of ambientOutcomes()) end(outcome);
  return run.rules.flatMap(({ id }) => outcomes.get(id) ?? []);
};

/** Where nothing is measured. */
const noLag = { lag: 0, certain: true };

/** The way to the target of all rules, with time-out, pace and read-only mode as the user asked. */
const createSend = ({ run, surroundings, interruption }: RunnerOptions): Send => {
  const { timeout, maxRps, readOnly } = run;
  const timed = withTimeout(surroundings.send, timeout, interruption);
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
  if (interruption.aborted)
    return conclude(rule, { outcome: 'not-verified', reason: reasonOf(interruption) });
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

const readMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Ends a rule at its first request that could write. */
const withoutWrites =
  (send: Send): Send =>
  (request, flight) => {
    if (readMethods.includes(request.method)) return send(request, flight);
    return Promise.reject(new Unavailable('It writes, and --read-only was given.', 'omitted'));
  };

import { setMaxListeners } from 'node:events';
import type { Contract } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import type { RuleContextOptions } from '../context/context.ts';
import type { AmbientRule, Arrival, Rule } from '../context/rule.ts';
import { NoResponse } from '../errors.ts';
import { readAcceptances } from '../contract/permitted-responses.ts';
import type { Exchange } from '../http/exchange.ts';
import { createOnInterruption, orInterrupted } from '../http/interruption.ts';
import type { Send, Surroundings } from '../http/message.ts';
import { type StillLimited, withMaxRps } from '../http/pacing.ts';
import { withTimeout } from '../http/timeout.ts';
import { type Target, Unavailable } from '../targets/target.ts';
import { createEventLiveness, type EventLiveness } from '../webhooks/liveness.ts';
import type { Sink } from '../webhooks/sink.ts';
import { createAmbientChecks, createArrivals, createFlawFinder } from './ambient-checks.ts';
import { createHealth, gatewayStatuses, type TargetHealth } from './health.ts';
import { createLanes, type Lane, type Lanes } from './lanes.ts';
import type { Outcome } from './outcome.ts';
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

/** What all rules of a run have in common. */
export interface PreparedRun {
  readonly options: RunnerOptions;
  readonly scope: Scope;
  readonly ambient: readonly AmbientRule[];
  /** Whether writes may use connections again. */
  readonly connections: { reuse: boolean };
  readonly health: TargetHealth;
  readonly lanes: Lanes;
  readonly liveness: EventLiveness;
}

/** Rules that share an organisation see each other's work, so only some run at the same time. */
const mostInShared = 8;

/**
 * Prepares a run: what it sends ends with an interruption, and when the target is gone.
 *
 * @throws Breakdown when an omission of the target names something that doesn't exist
 */
export const prepareRun = (given: RunnerOptions): PreparedRun => {
  const { run, contract, register, surroundings } = given;
  const { url, omissions, offers, organization } = given.target;
  const fresh = offers.has('fresh-organizations');
  const health = createHealth({ url, surroundings, timeout: run.timeout });
  const interruption = AbortSignal.any([given.interruption, health.broken]);
  // Each rule that waits for an event adds a listener.
  setMaxListeners(0, interruption);
  const onInterruption = createOnInterruption(interruption);
  const sleep: Surroundings['sleep'] = (...wait) =>
    orInterrupted(surroundings.sleep(...wait), onInterruption);
  return {
    options: {
      ...{ ...given, interruption, surroundings: { ...surroundings, sleep } },
      target: { ...given.target, organization: health.watchProvision(organization) },
    },
    scope: readScope(contract, register, omissions),
    ambient: run.rules.filter((rule) => rule.kind === 'ambient'),
    // Without organisations of its own, a rule that is executed again would repeat its writes.
    connections: { reuse: fresh },
    lanes: createLanes({
      ...{ concurrency: run.concurrency ?? 1, now: surroundings.now },
      ...(fresh ? {} : { most: mostInShared }),
    }),
    health,
    liveness: createEventLiveness(),
  };
};

/** What one execution of a rule has for itself. */
interface Execution {
  /** Keeps an exchange from the ambient rules. */
  readonly hold?: ((exchange: Exchange) => void) | undefined;
  readonly lane?: Lane | undefined;
}

/** The ambient checks of a run, and the context that each of its rules gets. */
export const prepareRules = (prepared: PreparedRun) => {
  const { options, scope, ambient, connections, health, lanes, liveness } = prepared;
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
    ...{ contract, acceptances, target, operations, events, reuse, limited, clock, sink, liveness },
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
    } catch (thrown) {
      // A target that answers too late has too much to do.
      if (thrown instanceof NoResponse && thrown.late) lanes.noteRefusal();
      throw thrown;
    } finally {
      lane?.ended();
    }
  };

/** The way to the target of all rules, with time-out, pace and read-only mode as the user asked. */
const createSend = ({ run, surroundings, interruption }: RunnerOptions): Send => {
  const { timeout, maxRps, readOnly } = run;
  const timed = withTimeout(surroundings.send, timeout, interruption);
  const paced = maxRps === undefined ? timed : withMaxRps(timed, maxRps, surroundings);
  return readOnly ? withoutWrites(paced) : paced;
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

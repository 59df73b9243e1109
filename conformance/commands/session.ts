import { randomUUID } from 'node:crypto';
import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import { isOnThisMachine } from '../http/localhost.ts';
import type { Surroundings } from '../http/message.ts';
import { compileReport, readVersion } from '../report/compile.ts';
import type { AmbientRule } from '../context/rule.ts';
import type { Baseline } from '../report/baseline.ts';
import { createKeyring } from '../report/credentials.ts';
import { combineGates, type GateChoice, type Gates } from '../report/gates.ts';
import type { Report } from '../report/report.ts';
import type { VerdictObstacle } from '../report/verdict.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { RunnerOptions, RunOptions } from '../runner/prepare.ts';
import { createRunner, type Runner } from '../runner/runner.ts';
import { formatShard, type ProfileRules, type Scope, type Shard } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../webhooks/sink.ts';
import type { RuleCost } from '../rules/order.ts';
import type { Limits } from './budget.ts';
import { openTarget, withHeadersOf } from './open-target.ts';
import type { TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command says about the report of a run. */
export interface ReportOptions {
  /** The requirements that the report covers. */
  readonly reported: readonly Requirement[];
  /** Those that the command line sets: a configuration may set others. */
  readonly gates?: GateChoice;
  /** Whether --only selected rules: an ambient rule that saw nothing is omitted then. */
  readonly partial?: boolean;
  /** The profile, if it has a part of the rules only. */
  readonly profile?: ProfileRules | undefined;
  readonly shard?: Shard | undefined;
  readonly baseline?: Baseline;
}

/** What a command says about the course of a run. */
export interface CourseOptions {
  /** Where the run ends before it has executed every rule. */
  readonly limits?: Limits;
  /** What rules cost, to say beforehand what the run will send; without it nothing is said. */
  readonly costs?: readonly RuleCost[];
  /** Where the seed comes from, if neither from an option nor from chance. */
  readonly seedSource?: string | undefined;
}

/** All that a command says about a run. */
export type CommandOptions = TargetOptions & RunOptions & ReportOptions & CourseOptions;

/** What a session needs from outside. */
export interface SessionEnvironment extends Pick<RunnerOptions, 'began'> {
  /** Called with each outcome, as it is found, and the gates of the run. */
  readonly ended?: (outcome: Outcome, gates: Gates) => void;
  /** Called with each violation of an ambient rule, and the gates of the run. */
  readonly violated?: (rule: AmbientRule, gates: Gates) => void;
  readonly terminal: Pick<Terminal, 'environment' | 'err' | 'interruption'>;
  readonly surroundings: Surroundings;
  /** What the rules get in place of these, where a run has limits. */
  readonly limited?: Pick<RunnerOptions, 'surroundings' | 'interruption'>;
}

/** How a run ended, if not by itself. */
export interface RunEnding {
  readonly breakdown?: VerdictObstacle | undefined;
  readonly endedEarly?: string | undefined;
  /** What was not deleted because it was not waited for. */
  readonly abandoned?: string | undefined;
}

/** An open target, and the runner that executes rules at it. */
export interface Session {
  readonly target: Target;
  readonly runner: Runner;
  /** The way to the target. */
  readonly surroundings: Surroundings;
  readonly compile: (outcomes: readonly Outcome[], ending?: RunEnding) => Report;
  readonly concurrency: number | 'adaptive';
  readonly close: () => Promise<void>;
}

/**
 * Opens a target and prepares a run at it.
 *
 * @throws Breakdown when the options contradict each other, or the target doesn't respond
 */
export const openSession = async (
  options: CommandOptions,
  { terminal, surroundings, limited, began, ended, violated }: SessionEnvironment,
): Promise<Session> => {
  const contract = readContract();
  const keyring = createKeyring(terminal.environment, contract.scopes);
  const opened = await openTarget(options, contract, surroundings, terminal);
  const target = keyring.watch(opened);
  const gates = combineGates(options.gates ?? {}, opened.gates);
  const startedAt = surroundings.now();
  const close = async (): Promise<void> => {
    await sink?.close();
    await target.close();
  };
  const sink = await openSinkFor(target, surroundings).catch(async (thrown: unknown) => {
    await target.close();
    throw thrown;
  });
  const concurrency = options.concurrency ?? usualConcurrency;
  const runner = createRunner({
    ...{ run: { ...options, concurrency }, contract, register: readRegister(), target, sink },
    ...{ interruption: terminal.interruption, ...limited, began },
    ended: (outcome) => ended?.(outcome, gates),
    violated: (rule) => violated?.(rule, gates),
    surroundings: withHeadersOf(target, limited?.surroundings ?? surroundings),
  });
  return {
    ...{ target, runner, concurrency, close, surroundings: withHeadersOf(target, surroundings) },
    compile: (outcomes, { abandoned, ...ending } = {}) =>
      compileReport({
        ...{ ...commonInput(options, outcomes), gates, scope: runner.scope, keyring, ...ending },
        ...{ startedAt, durationMs: surroundings.now() - startedAt },
        target: {
          ...{ url: target.url, capabilities: target.offers, options: targetFlagsOf(options) },
          ...{ leftovers: joinLeftovers(runner.leftovers(), abandoned), lag: runner.lag() },
          insecure: options.insecure === true,
        },
      }),
  };
};

const joinLeftovers = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter((part) => part !== undefined).join('; ') || undefined;

/** What a report says whether or not the target was opened. */
const commonInput = (options: CommandOptions, outcomes: readonly Outcome[]) => {
  const { reported, seed, runs, baseline, shard } = options;
  return {
    ...{ register: reported, outcomes, baseline, version: readVersion() },
    ...{ seed, runs, order: options.costs ?? [] },
    ...(shard !== undefined && { shard: formatShard(shard) }),
  };
};

/** The report of a run that did not open its target: it broke down, or had nothing to do there. */
export const compileUnopened = (
  options: CommandOptions,
  outcomes: readonly Outcome[],
  breakdown: VerdictObstacle | undefined,
  {
    terminal,
    surroundings,
  }: Pick<SessionEnvironment, 'terminal'> & {
    readonly surroundings: Pick<Surroundings, 'now'>;
  },
): Report =>
  compileReport({
    ...{ ...commonInput(options, outcomes), scope: wholeScope, breakdown },
    gates: combineGates(options.gates ?? {}),
    ...{ startedAt: surroundings.now(), durationMs: 0 },
    keyring: createKeyring(terminal.environment),
    target: {
      ...{ url: options.target ?? '', capabilities: [], options: targetFlagsOf(options) },
      leftovers: undefined,
    },
  });

/** What the description of a target omits is unknown before it is read, as are the gates that it sets. */
const wholeScope: Scope = { operations: [], events: [], omitted: new Map() };

/** As many rules at the same time as the target can take. */
export const usualConcurrency = 'adaptive';

/**
 * Opens the sink for the events of a target, if they can arrive: from this machine, at an address
 * that the user gave, or at an endpoint that the user created.
 *
 * @returns undefined when no event can arrive
 * @throws Breakdown when it can't listen at the configured address
 */
export const openSinkFor = async (
  target: Pick<Target, 'url' | 'offers' | 'webhook'>,
  { now }: Pick<Surroundings, 'now'>,
): Promise<Sink | undefined> => {
  if (!target.offers.has('webhooks') || !canArrive(target)) return undefined;
  const { listen, publicUrl, secret, patience } = target.webhook;
  return openSink({
    ...{ listen, newName: randomUUID, now },
    ...(publicUrl !== undefined && { publicUrl }),
    ...(patience !== undefined && { patience: { ...usualEventPatience, event: patience } }),
    ...(secret !== undefined && !target.offers.has('own-endpoints') && { standing: true }),
  });
};

/** Whether the target can reach the sink. */
export const canArrive = ({ url, webhook }: Pick<Target, 'url' | 'webhook'>): boolean =>
  webhook.publicUrl !== undefined ||
  webhook.secret !== undefined ||
  isOnThisMachine(new URL(url).hostname);

/** The options that name a target. */
export interface TargetNames {
  readonly target?: string | undefined;
  readonly control?: string | undefined;
  readonly config?: string | undefined;
  readonly start?: string | undefined;
  readonly cacert?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly allowProduction?: boolean;
}

/** The command-line flags that name the same target, to repeat a failure there. */
const targetFlagsOf = (options: TargetNames): readonly string[] => [
  ...(options.target === undefined ? [] : ['--target', options.target]),
  ...(options.config === undefined ? [] : ['--config', options.config]),
  ...(options.control === undefined ? [] : ['--control', options.control]),
  ...(options.start === undefined ? [] : ['--start', options.start]),
  ...(options.cacert === undefined ? [] : ['--cacert', options.cacert]),
  ...(options.insecure ? ['--insecure'] : []),
  ...(options.allowProduction ? ['--allow-production'] : []),
];

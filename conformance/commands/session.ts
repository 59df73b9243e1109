import { randomUUID } from 'node:crypto';
import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import type { Surroundings } from '../http/message.ts';
import { compileReport, readVersion } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import type { Report } from '../report/report.ts';
import { type Baseline, mendedOf, type Outcome } from '../runner/outcome.ts';
import {
  createRunner,
  type Runner,
  type RunnerOptions,
  type RunOptions,
} from '../runner/runner.ts';
import { formatShard, type ProfileRules, type Shard } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../webhooks/sink.ts';
import { openTarget } from './open-target.ts';
import type { TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command says about the report of a run. */
export interface ReportOptions {
  /** The requirements that the report covers. */
  readonly reported: readonly Requirement[];
  readonly strict: boolean;
  /** Whether --only selected rules: an ambient rule that saw nothing is omitted then. */
  readonly partial?: boolean;
  /** The profile, if it has a part of the rules only. */
  readonly profile?: ProfileRules | undefined;
  readonly shard?: Shard | undefined;
  readonly baseline?: Baseline;
}

/** All that a command says about a run. */
export type CommandOptions = TargetOptions & RunOptions & ReportOptions;

/** What a session needs from outside. */
export interface SessionEnvironment extends Pick<RunnerOptions, 'began' | 'ended'> {
  readonly terminal: Pick<Terminal, 'environment' | 'err' | 'interruption'>;
  readonly surroundings: Surroundings;
}

/** An open target, and the runner that executes rules at it. */
export interface Session {
  readonly target: Target;
  readonly runner: Runner;
  readonly compile: (outcomes: readonly Outcome[]) => Report;
  readonly close: () => Promise<void>;
}

/**
 * Opens a target and prepares a run at it.
 *
 * @throws Breakdown when the options contradict each other, or the target doesn't respond
 */
export const openSession = async (
  options: CommandOptions,
  { terminal, surroundings, began, ended }: SessionEnvironment,
): Promise<Session> => {
  const contract = readContract();
  const keyring = createKeyring(terminal.environment, contract.scopes);
  const target = keyring.watch(await openTarget(options, contract, surroundings, terminal));
  const startedAt = surroundings.now();
  const close = async (): Promise<void> => {
    await sink?.close();
    await target.close();
  };
  const sink = await openSinkFor(target, surroundings).catch(async (thrown: unknown) => {
    await target.close();
    throw thrown;
  });
  const runner = createRunner({
    ...{ run: withConcurrency(options, target), contract, register: readRegister(), target },
    ...{ surroundings, sink, interruption: terminal.interruption, began, ended },
  });
  return {
    ...{ target, runner, close },
    compile: (outcomes) => {
      const { reported, seed, runs, strict, shard } = options;
      return compileReport({
        ...{ register: reported, outcomes, mended: mendedOf(outcomes), scope: runner.scope },
        ...{ keyring, version: readVersion(), startedAt },
        ...{ seed, runs, strict, durationMs: surroundings.now() - startedAt },
        target: {
          ...{ url: target.url, capabilities: target.offers, options: targetFlagsOf(options) },
          ...{ leftovers: runner.leftovers(), lag: runner.lag() },
        },
        ...(shard !== undefined && { shard: formatShard(shard) }),
      });
    },
  };
};

/** Rules that share an organisation would disturb each other. */
const withConcurrency = (run: RunOptions, { offers }: Pick<Target, 'offers'>): RunOptions => ({
  ...run,
  concurrency: run.concurrency ?? (offers.has('fresh-organizations') ? 'adaptive' : 1),
});

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
  webhook.publicUrl !== undefined || webhook.secret !== undefined || isOnThisMachine(url);

const isOnThisMachine = (url: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);

/** The options that name a target. */
export interface TargetNames {
  readonly target?: string | undefined;
  readonly control?: string | undefined;
  readonly config?: string | undefined;
  readonly start?: string | undefined;
  readonly allowProduction?: boolean;
}

/** The command-line flags that name the same target, to repeat a failure there. */
const targetFlagsOf = (options: TargetNames): readonly string[] => [
  ...(options.target === undefined ? [] : ['--target', options.target]),
  ...(options.config === undefined ? [] : ['--config', options.config]),
  ...(options.control === undefined ? [] : ['--control', options.control]),
  ...(options.start === undefined ? [] : ['--start', options.start]),
  ...(options.allowProduction ? ['--allow-production'] : []),
];

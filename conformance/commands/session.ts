import { randomUUID } from 'node:crypto';
import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import type { Surroundings } from '../http/transport.ts';
import { compileReport, readVersion } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import type { Report } from '../report/report.ts';
import { mendedOf, type Outcome } from '../runner/outcome.ts';
import { createRunner, type Runner, type RunnerOptions } from '../runner/runner.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../webhooks/sink.ts';
import type { TargetOptions } from './settings.ts';
import { openTarget } from './target.ts';
import type { Terminal } from './terminal.ts';

/** What is judged, and how. */
export interface SessionOptions
  extends
    TargetOptions,
    Pick<
      RunnerOptions,
      'rules' | 'seed' | 'runs' | 'path' | 'maxRps' | 'readOnly' | 'leftOut' | 'began'
    > {
  /** The requirements that the report tells of. */
  readonly told: readonly Requirement[];
  readonly strict: boolean;
  /** `i/n`, of a part. */
  readonly shard?: string;
}

/** What a session is given of the world outside. */
export interface SessionEnvironment {
  readonly terminal: Pick<Terminal, 'environment' | 'err' | 'interruption'>;
  readonly surroundings: Surroundings;
}

/** A target that is open to be judged. */
export interface Session {
  readonly target: Target;
  readonly court: Runner;
  readonly compile: (outcomes: readonly Outcome[]) => Report;
  readonly close: () => Promise<void>;
}

/**
 * Opens a target, and all that it takes to judge it by single rules.
 *
 * @throws Breakdown when the options contradict themselves, or nobody answers
 */
export const openSession = async (
  options: SessionOptions,
  { terminal, surroundings }: SessionEnvironment,
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
  const court = createRunner({
    ...{ ...options, contract, register: readRegister(), target, surroundings },
    ...(sink && { sink }),
    interruption: terminal.interruption,
  });
  return {
    ...{ target, court, close },
    compile: (outcomes) => {
      const { told, seed, runs, strict, shard } = options;
      const words = {
        url: target.url,
        capabilities: target.offers,
        options: targetFlagsOf(options),
      };
      return compileReport({
        ...{ register: told, outcomes, mended: mendedOf(outcomes), scope: court.scope, keyring },
        ...{ target: { ...words, remains: court.remains(), lag: court.lag() } },
        ...{ version: readVersion(), startedAt },
        ...{ seed, runs, strict, durationMs: surroundings.now() - startedAt },
        ...(shard !== undefined && { shard }),
      });
    },
  };
};

/**
 * Opens what receives the events of a target, if they can arrive there: from this machine, at an
 * address that the user gave, or at the endpoint that a person has made.
 *
 * @throws Breakdown when it can't listen where it was told to
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

/** Whether the target can reach an address that is told to it. */
export const canArrive = ({ url, webhook }: Pick<Target, 'url' | 'webhook'>): boolean =>
  webhook.publicUrl !== undefined || webhook.secret !== undefined || isOnThisMachine(url);

const isOnThisMachine = (url: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);

/** What names a target on the command line. */
export interface TargetNames {
  readonly target?: string | undefined;
  readonly control?: string | undefined;
  readonly config?: string | undefined;
  readonly start?: string | undefined;
  readonly allowProduction?: boolean;
}

/** The words of a command line that name the same target again, to repeat a failure there. */
const targetFlagsOf = (options: TargetNames): readonly string[] => [
  ...(options.target === undefined ? [] : ['--target', options.target]),
  ...(options.config === undefined ? [] : ['--config', options.config]),
  ...(options.control === undefined ? [] : ['--control', options.control]),
  ...(options.start === undefined ? [] : ['--start', options.start]),
  ...(options.allowProduction ? ['--allow-production'] : []),
];

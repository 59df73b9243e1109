import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import { openCourt, type Court, type CourtOptions } from '../court.ts';
import { createKeyring } from '../keyring.ts';
import { mendedOf } from '../baseline.ts';
import type { Outcome } from '../outcome.ts';
import type { Report } from '../report.ts';
import { compileReport } from '../reporting.ts';
import type { Target } from '../targets/target.ts';
import { readVersion } from '../version.ts';
import { openSinkFor } from './events.ts';
import type { TargetOptions } from './settings.ts';
import { openTarget } from './target.ts';
import { targetWords } from './target-words.ts';
import type { Surroundings } from '../world/fetch.ts';
import type { Terminal } from './terminal.ts';

/** What is judged, and how. */
export interface SessionOptions
  extends
    TargetOptions,
    Pick<
      CourtOptions,
      'rules' | 'seed' | 'runs' | 'path' | 'maxRps' | 'readOnly' | 'leftOut' | 'began'
    > {
  /** The requirements that the report tells of. */
  readonly told: readonly Requirement[];
  readonly strict: boolean;
  /** `i/n`, of a part. */
  readonly shard?: string;
}

/** What a session is given of the world outside. */
export interface Hall {
  readonly terminal: Pick<Terminal, 'environment' | 'err' | 'interruption'>;
  readonly surroundings: Surroundings;
}

/** A target that is open to be judged. */
export interface Session {
  readonly target: Target;
  readonly court: Court;
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
  { terminal, surroundings }: Hall,
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
  const court = openCourt({
    ...{ ...options, contract, register: readRegister(), target, surroundings },
    ...(sink && { sink }),
    interruption: terminal.interruption,
  });
  return {
    ...{ target, court, close },
    compile: (outcomes) => {
      const { told, seed, runs, strict, shard } = options;
      const words = { url: target.url, capabilities: target.offers, options: targetWords(options) };
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

import { setTimeout as sleep } from 'node:timers/promises';
import { openTarget } from '../../../conformance/commands/target.ts';
import type { Outcome } from '../../../conformance/outcome.ts';
import type { Rule } from '../../../conformance/rule.ts';
import { runRules } from '../../../conformance/run.ts';
import { createOperationNames } from '../../../conformance/world/operations.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { openPrism, type PrismProxy } from './open.ts';
import { throughPrism, type Traffic } from './proxy.ts';

export interface PrismJudgement {
  readonly traffic: Traffic;
  /** Of the rules, with Prism between suite and server. */
  readonly outcomes: readonly Outcome[];
}

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** A server that runs already; the reference server is started if there is none. */
  readonly server?: { readonly url: string; readonly controlUrl: string };
  /** Prism before that server, if it stands there already. */
  readonly prism?: PrismProxy;
}

/** Prism takes its time, in milliseconds. */
const timeout = 30_000;

/**
 * Runs the suite with Prism's validation proxy between it and a server, so that somebody else's
 * reading of the contract looks at every answer.
 *
 * @throws PrismFailed if Prism doesn't start
 */
export const judgeThroughPrism = async (options: JudgeOptions): Promise<PrismJudgement> => {
  const [contract, register] = [readContract(), readRegister()];
  const { rules, seed, runs, server } = options;
  const surroundings = {
    fetch: createTransport(),
    now: Date.now,
    sleep: (milliseconds: number) => sleep(milliseconds),
  };
  const interruption = new AbortController().signal;
  const target = await openTarget(
    {
      ...{ target: server?.url, control: server?.controlUrl, config: undefined, start: undefined },
      ...{ allowProduction: false, timeout },
    },
    contract,
    surroundings,
    { environment: {}, err: () => undefined, interruption },
  );
  const prism = options.prism ?? (await openPrism(target.url));
  const traffic: Traffic = { answers: 0, past: 0, operations: new Set(), violations: [] };
  try {
    const names = createOperationNames(contract, target.url);
    const lead = throughPrism(target.url, prism.url, traffic);
    const { outcomes } = await runRules({
      ...{ contract, register, rules, target, seed, runs, timeout },
      surroundings: { ...surroundings, fetch: lead(surroundings.fetch, names) },
      interruption,
      progress: () => undefined,
    });
    return { traffic, outcomes };
  } finally {
    if (options.prism === undefined) await prism.close();
    await target.close();
  }
};

import { setTimeout as sleep } from 'node:timers/promises';
import { openTarget } from '../../../conformance/commands/target.ts';
import type { Outcome } from '../../../conformance/outcome.ts';
import type { Rule } from '../../../conformance/rule.ts';
import { runRules } from '../../../conformance/run.ts';
import { createOperationNames } from '../../../conformance/world/operations.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { claimPort } from '../../mock/free-port.ts';
import { startPrism } from '../../mock/prism.ts';
import { bundlePath } from '../../repository.ts';
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
}

const host = '127.0.0.1';
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
  const port = await claimPort(host, 0);
  const prism = await startPrism(bundlePath, { host, port, upstream: target.url }, () => undefined);
  const traffic: Traffic = { answers: 0, past: 0, operations: new Set(), violations: [] };
  try {
    const names = createOperationNames(contract, target.url);
    const lead = throughPrism(target.url, `http://${host}:${port}`, traffic);
    const { outcomes } = await runRules({
      ...{ contract, register, rules, target, seed, runs, timeout },
      surroundings: { ...surroundings, fetch: lead(surroundings.fetch, names) },
      interruption,
      progress: () => undefined,
    });
    return { traffic, outcomes };
  } finally {
    prism.stop();
    await prism.ended;
    await target.close();
  }
};

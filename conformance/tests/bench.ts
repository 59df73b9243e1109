import { setTimeout as sleep } from 'node:timers/promises';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { planOf } from '../commands/target.ts';
import type { Outcome } from '../outcome.ts';
import type { Liar, Rule } from '../rule.ts';
import { runRules } from '../run.ts';
import { provisionByControl } from '../targets/control.ts';
import { startReferenceServer } from '../targets/embedded.ts';
import type { Target } from '../targets/target.ts';
import { embeddedOmissions } from '../targets/embedded-omissions.ts';
import { createOperationNames } from '../world/operations.ts';

/** The reference server, made ready to be judged by single rules, honestly or through a liar. */
export const openBench = async () => {
  const contract = readContract();
  const register = readRegister();
  const server = await startReferenceServer();
  const provision = await provisionByControl({
    url: server.controlUrl,
    fetch: (request) => fetch(request),
    now: Date.now,
    scopes: contract.scopes,
    plan: planOf(contract),
  });
  const target: Target = {
    url: server.url,
    ephemeral: true,
    omissions: embeddedOmissions,
    close: server.close,
    ...provision,
  };
  const honest: Liar = (send) => send;
  const judge = async (rules: readonly Rule[], liar = honest, seed = 1): Promise<Outcome[]> => {
    const names = createOperationNames(contract, target.url);
    const { outcomes } = await runRules({
      ...{ contract, register, rules, target, seed },
      runs: 8,
      timeout: 10_000,
      surroundings: {
        fetch: liar((request) => fetch(request), names),
        now: Date.now,
        // Rate windows and expiry pass in real time, on the server's clock.
        sleep: (time) => sleep(time),
      },
      interruption: new AbortController().signal,
      progress: () => undefined,
    });
    return outcomes;
  };
  return { contract, register, target, judge, close: server.close };
};

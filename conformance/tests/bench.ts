import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { createOperationNames, planWithApi } from '../contract/operations.ts';
import type { DeliveryFault, Fault } from '../faults/inject.ts';
import { createTransport } from '../http/transport.ts';
import type { Outcome } from '../runner/outcome.ts';
import { runRules } from '../runner/runner.ts';
import { provisionByControl } from '../targets/control.ts';
import { startReferenceServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../webhooks/sink.ts';

/** The reference server, made ready to be judged by single rules, honestly or through a liar. */
export const openBench = async () => {
  const contract = readContract();
  const transport = createTransport();
  const register = readRegister();
  const server = await startReferenceServer();
  const provision = await provisionByControl({
    url: server.controlUrl,
    fetch: transport,
    now: Date.now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  });
  const listen = { host: '127.0.0.1', port: 0 };
  const target: Target = {
    url: server.url,
    ephemeral: true,
    omissions: [],
    webhook: { listen },
    close: server.close,
    ...provision,
  };
  const sink = await openSink({ listen, newName: randomUUID, now: Date.now });
  // What a liar keeps back is not worth waiting for.
  const hurried: Sink = { ...sink, patience: { ...usualEventPatience, event: 400 } };
  const honest: Fault = (send) => send;
  const judge = async (
    rules: readonly Rule[],
    fault = honest,
    seed = 1,
    deliveryFault?: DeliveryFault,
    path?: string,
    concurrency = 1,
  ): Promise<Outcome[]> => {
    const lied = fault !== honest || deliveryFault !== undefined;
    const names = createOperationNames(contract, target.url);
    const { outcomes } = await runRules({
      ...{ contract, register, rules, target, seed, concurrency },
      ...(path === undefined ? {} : { path }),
      runs: 8,
      timeout: 10_000,
      surroundings: {
        fetch: fault(transport, names),
        now: Date.now,
        // Rate windows and expiry pass in real time, on the server's clock.
        sleep: (time) => sleep(time),
      },
      sink: lied ? (deliveryFault?.(hurried) ?? hurried) : sink,
      interruption: new AbortController().signal,
      progress: () => undefined,
    });
    return outcomes;
  };
  const close = async (): Promise<void> => {
    await sink.close();
    await server.close();
  };
  return { contract, register, target, judge, close };
};

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
import { openSink, type Sink } from '../webhooks/sink.ts';

/** The reference server behind something that makes its answers odd; nothing is waited for long. */
export const openOddTarget = async () => {
  const contract = readContract();
  const register = readRegister();
  const transport = createTransport();
  const server = await startReferenceServer();
  const listen = { host: '127.0.0.1', port: 0 };
  const provision = await provisionByControl({
    url: server.controlUrl,
    fetch: transport,
    now: Date.now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  });
  const target: Target = {
    url: server.url,
    ephemeral: true,
    omissions: [],
    webhook: { listen },
    close: server.close,
    ...provision,
  };
  const sink = await openSink({ listen, newName: randomUUID, now: Date.now });
  const hurried: Sink = { ...sink, patience: { event: 50, silence: 5 } };
  const names = createOperationNames(contract, target.url);
  const judge = async (
    rules: readonly Rule[],
    wire: Fault,
    delivery: DeliveryFault = (same) => same,
  ): Promise<Outcome[]> => {
    const { outcomes } = await runRules({
      ...{ contract, register, rules, target, seed: 1, runs: 1, concurrency: 8 },
      timeout: 10_000,
      surroundings: {
        fetch: wire(transport, names),
        now: Date.now,
        sleep: (time) => sleep(Math.min(time, 5)),
      },
      sink: delivery(hurried),
      interruption: new AbortController().signal,
      progress: () => undefined,
    });
    return outcomes;
  };
  const close = async (): Promise<void> => {
    await sink.close();
    await server.close();
  };
  return { judge, close };
};

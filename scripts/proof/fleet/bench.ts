import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../../conformance/outcome.ts';
import type { Rule } from '../../../conformance/rule.ts';
import { runRules } from '../../../conformance/run.ts';
import { openSink, usualPatience, type Sink } from '../../../conformance/sink/sink.ts';
import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { Target } from '../../../conformance/targets/target.ts';
import { createOperationNames } from '../../../conformance/world/operations.ts';
import { planWithApi } from '../../../conformance/world/plans.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import type { Fault } from './fault.ts';
import { startFaultyServer, type FaultyServer } from './server.ts';

/** How a server of the fleet is judged. */
export interface Judging {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** Ends the judging after an outcome that tells enough. */
  readonly enough?: (outcome: Outcome) => boolean;
}

/** What one judging came to. */
export interface Judgement {
  readonly outcomes: readonly Outcome[];
  /** How many requests reached the server. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface Bench {
  /** Starts a server with this fault, or an honest one, judges it over HTTP, and stops it. */
  readonly judge: (fault: Fault | undefined, judging: Judging) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

/** What a fault keeps back is not worth the usual patience, in milliseconds. */
const eventPatience = 1_000;
const timeout = 10_000;
const listen = { host: '127.0.0.1', port: 0 };

/** Makes ready to judge servers of the fleet, one after the other. */
export const openBench = async (): Promise<Bench> => {
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  const opened = await openSink({ listen, newName: randomUUID, now: Date.now });
  const sink: Sink = { ...opened, patience: { ...usualPatience, event: eventPatience } };
  const judge: Bench['judge'] = async (fault, { rules, seed, runs, enough }) => {
    const start = performance.now();
    const server = await startFaultyServer(fault);
    const stop = new AbortController();
    let requests = 0;
    try {
      const target = await openTarget(server);
      const names = createOperationNames(contract, target.url);
      const wire = server.wire((request, signal) => transport(request, signal), names);
      const { outcomes } = await runRules({
        ...{ contract, register, rules, target, seed, runs, timeout, sink },
        surroundings: {
          fetch: (request, signal) => {
            requests += 1;
            return wire(request, signal);
          },
          now: Date.now,
          sleep: (time) => sleep(time),
        },
        interruption: stop.signal,
        progress: (outcome) => {
          if (enough?.(outcome)) stop.abort();
        },
      });
      return { outcomes, requests, milliseconds: performance.now() - start };
    } finally {
      await server.close();
    }
  };
  const openTarget = async ({ url, controlUrl, control: way }: FaultyServer) => {
    const plan = planWithApi(contract);
    const { scopes } = contract;
    const fetch = way(
      (request, signal) => transport(request, signal),
      () => undefined,
    );
    const control = { url: controlUrl, fetch, now: Date.now, scopes, plan };
    const target: Target = {
      ...{ url, ephemeral: true, omissions: [], webhook: { listen } },
      close: () => Promise.resolve(),
      ...(await provisionByControl(control)),
    };
    return target;
  };
  return { judge, close: opened.close };
};

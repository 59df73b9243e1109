import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contract, readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import { createOperationNames, planWithApi } from '../contract/operations.ts';
import { type Fault, injectFault } from '../faults/inject.ts';
import { createTransport } from '../http/transport.ts';
import { asFetch } from '../http/web-classes.ts';
import { provisionByControl } from '../targets/control.ts';
import type { Target } from '../targets/target.ts';
import { type EventPatience, openSink, type Sink } from '../webhooks/sink.ts';
import type { RunnerOptions, RunOptions } from './prepare.ts';
import { createRunner, type Runner } from './runner.ts';

/** A server with a control API. */
export interface ControlledServer {
  readonly url: string;
  readonly controlUrl: string;
  /** Injected between the suite and the control API. */
  readonly control?: Fault | undefined;
}

/** One run at a target: seed 1, one generated case and 10 seconds per response unless given. */
export interface HarnessRun extends Pick<
  RunnerOptions,
  'target' | 'sink' | 'ended' | 'violated' | 'showsWritesAtOnce'
> {
  readonly run: Partial<RunOptions> & Pick<RunOptions, 'rules'>;
  /** Injected between the rules and the target. */
  readonly fault?: Fault | undefined;
  /** Milliseconds that a single wait may take; unlimited unless given. */
  readonly longestSleep?: number | undefined;
  readonly interruption?: AbortSignal;
}

/** What the tests and the proof need to execute rules without a command line. */
export interface HarnessCore {
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  /** Describes a server as a target that is deleted after the run; closing it does nothing. */
  readonly targetOf: (server: ControlledServer) => Promise<Target>;
  readonly createRunner: (options: HarnessRun) => Runner;
}

export const createHarnessCore = (): HarnessCore => {
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  return {
    ...{ contract, register },
    targetOf: async ({ url, controlUrl, control }) => {
      const provision = await provisionByControl({
        url: controlUrl,
        fetch: control?.(asFetch(transport), () => undefined) ?? asFetch(transport),
        now: Date.now,
        scopes: contract.scopes,
        plan: planWithApi(contract),
      });
      const close = () => Promise.resolve();
      return { url, ephemeral: true, omissions: [], webhook: { listen }, close, ...provision };
    },
    createRunner: ({ run, fault, interruption, longestSleep = Infinity, ...options }) => {
      const names = createOperationNames(contract, options.target.url);
      return createRunner({
        ...{ contract, register, ...options },
        run: { seed: 1, runs: 1, timeout: 10_000, ...run },
        surroundings: {
          send: fault ? injectFault(fault, transport, names) : transport,
          now: Date.now,
          sleep: (milliseconds) => sleep(Math.min(milliseconds, longestSleep)),
        },
        interruption: interruption ?? new AbortController().signal,
      });
    },
  };
};

const listen = { host: '127.0.0.1', port: 0 };

/** Opens a sink at a free port of this machine. */
export const openLocalSink = (patience?: EventPatience): Promise<Sink> =>
  openSink({ listen, newName: randomUUID, now: Date.now, ...(patience && { patience }) });

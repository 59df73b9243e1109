import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../../conformance/outcome.ts';
import type { Liar, Rule } from '../../../conformance/rule.ts';
import { runRules } from '../../../conformance/run.ts';
import { openSink, usualPatience, type Sink } from '../../../conformance/sink/sink.ts';
import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { Target } from '../../../conformance/targets/target.ts';
import { createOperationNames } from '../../../conformance/world/operations.ts';
import { planWithApi } from '../../../conformance/world/plans.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';

/** A server that runs, and what stands between it and its callers. */
export interface Subject {
  readonly url: string;
  readonly controlUrl: string;
  readonly wire?: Liar;
  readonly close: () => Promise<void>;
}

export interface Judging {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
}

export interface Judgement {
  readonly outcomes: readonly Outcome[];
  /** How many requests the rules sent. */
  readonly requests: number;
  readonly seconds: number;
}

export interface Bench {
  /** Judges a server over HTTP, and stops it. */
  readonly judge: (subject: Subject, judging: Judging) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

const timeout = 30_000;
const listen = { host: '127.0.0.1', port: 0 };
/** Rules that are judged at the same time: most of the time they wait. */
const concurrency = 10;

/**
 * Makes ready to judge servers, one after the other.
 *
 * @param patience - for an event that doesn't come, in milliseconds
 */
export const openBench = async (patience: number = usualPatience.event): Promise<Bench> => {
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  const opened = await openSink({ listen, newName: randomUUID, now: Date.now });
  const sink: Sink = { ...opened, patience: { ...usualPatience, event: patience } };
  const openTarget = async ({ url, controlUrl }: Subject): Promise<Target> => {
    const plan = planWithApi(contract);
    const { scopes } = contract;
    const control = { url: controlUrl, fetch: transport, now: Date.now, scopes, plan };
    const close = () => Promise.resolve();
    const provision = await provisionByControl(control);
    return { url, ephemeral: true, omissions: [], webhook: { listen }, close, ...provision };
  };
  const judge: Bench['judge'] = async (subject, judging) => {
    const start = performance.now();
    let requests = 0;
    try {
      const target = await openTarget(subject);
      const names = createOperationNames(contract, target.url);
      const wire = subject.wire?.(transport, names) ?? transport;
      const { outcomes } = await runRules({
        ...{ contract, register, target, timeout, sink, concurrency, ...judging },
        surroundings: {
          fetch: (request, signal) => {
            requests += 1;
            return wire(request, signal);
          },
          now: Date.now,
          sleep: (time) => sleep(time),
        },
        interruption: new AbortController().signal,
        progress: () => undefined,
      });
      return { outcomes, requests, seconds: (performance.now() - start) / 1000 };
    } finally {
      await subject.close();
    }
  };
  return { judge, close: opened.close };
};

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../conformance/outcome.ts';
import type { Rule } from '../../conformance/rule.ts';
import { runRules } from '../../conformance/run.ts';
import { openSink, usualPatience, type Sink } from '../../conformance/sink/sink.ts';
import { createOperationNames } from '../../conformance/world/operations.ts';
import { createTransport } from '../../conformance/world/transport.ts';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { targetAt, type Subject } from './target.ts';

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
  /** How many requests the rules sent. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface Bench {
  /** Judges a server over HTTP, and stops it. */
  readonly judge: (subject: Subject, judging: Judging) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

export interface BenchOptions {
  /** How long an event is waited for, in milliseconds. */
  readonly patience?: number;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
  /** How many rules are judged at the same time. */
  readonly concurrency: number;
}

const listen = { host: '127.0.0.1', port: 0 };

/** Makes ready to judge servers, one after the other. */
export const openBench = async (options: BenchOptions): Promise<Bench> => {
  const { patience = usualPatience.event, timeout, concurrency } = options;
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  const opened = await openSink({ listen, newName: randomUUID, now: Date.now });
  const sink: Sink = { ...opened, patience: { ...usualPatience, event: patience } };
  const judge: Bench['judge'] = async (subject, { rules, seed, runs, enough }) => {
    const start = performance.now();
    const stop = new AbortController();
    let requests = 0;
    try {
      const target = await targetAt(subject, contract, transport);
      const names = createOperationNames(contract, target.url);
      const wire = subject.wire?.(transport, names) ?? transport;
      const { outcomes } = await runRules({
        ...{ contract, register, rules, target, seed, runs, timeout, sink, concurrency },
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
      await subject.close();
    }
  };
  return { judge, close: opened.close };
};

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createOperationNames, planWithApi } from '../../../conformance/contract/operations.ts';
import type { Fault } from '../../../conformance/faults/inject.ts';
import { createTransport, type Fetch } from '../../../conformance/http/transport.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { runRules } from '../../../conformance/runner/runner.ts';
import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { Target } from '../../../conformance/targets/target.ts';
import { openSink, type Sink, usualEventPatience } from '../../../conformance/webhooks/sink.ts';
import { type Contract, readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';

export interface RuleRun {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** Ends the run after an outcome for which this is true. */
  readonly enough?: (outcome: Outcome) => boolean;
}

export interface RuleRunResult {
  readonly outcomes: readonly Outcome[];
  /** How many requests the rules sent. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface Harness {
  /** Runs rules against a server over HTTP, and stops the server. */
  readonly judge: (server: ServerUnderTest, run: RuleRun) => Promise<RuleRunResult>;
  readonly close: () => Promise<void>;
}

export interface HarnessOptions {
  /** How long rules wait for an event, in milliseconds. */
  readonly patience?: number;
  /** For one response, in milliseconds. */
  readonly timeout: number;
  /** Rules at the same time. */
  readonly concurrency: number;
}

const listen = { host: '127.0.0.1', port: 0 };

/** Opens what is needed to run rules against one server after another. */
export const openHarness = async (options: HarnessOptions): Promise<Harness> => {
  const { patience = usualEventPatience.event, timeout, concurrency } = options;
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  const opened = await openSink({ listen, newName: randomUUID, now: Date.now });
  const sink: Sink = { ...opened, patience: { ...usualEventPatience, event: patience } };
  const judge: Harness['judge'] = async (server, { rules, seed, runs, enough }) => {
    const start = performance.now();
    const stop = new AbortController();
    let requests = 0;
    try {
      const target = await targetOf(server, contract, transport);
      const names = createOperationNames(contract, target.url);
      const wire = server.wire?.(transport, names) ?? transport;
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
      await server.close();
    }
  };
  return { judge, close: opened.close };
};

/** A running server, and the faults injected around it. */
export interface ServerUnderTest {
  readonly url: string;
  readonly controlUrl: string;
  readonly wire?: Fault;
  /** Between the suite and its control API. */
  readonly control?: Fault;
  readonly close: () => Promise<void>;
}

/** The target of a server with a control API. */
export const targetOf = async (
  { url, controlUrl, control }: Pick<ServerUnderTest, 'url' | 'controlUrl' | 'control'>,
  contract: Contract,
  transport: Fetch,
): Promise<Target> => {
  const provision = await provisionByControl({
    url: controlUrl,
    fetch: control?.(transport, () => undefined) ?? transport,
    now: Date.now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  });
  const webhook = { listen: { host: '127.0.0.1', port: 0 } };
  const close = () => Promise.resolve();
  return { url, ephemeral: true, omissions: [], webhook, close, ...provision };
};

/**
 * Rule ids that are listed by hand, checked so that a list doesn't outlive a rule.
 *
 * @throws Error for an id that no rule has
 */
export const ruleIds = (...ids: readonly string[]): ReadonlySet<string> => {
  const unknown = ids.filter((id) => rules.every((rule) => rule.id !== id));
  if (unknown.length > 0) throw new Error(`No rule is called ${unknown.join(', ')}.`);
  return new Set(ids);
};

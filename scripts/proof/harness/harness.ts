import type { Rule } from '../../../conformance/context/rule.ts';
import type { Fault } from '../../../conformance/faults/inject.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { createHarnessCore, openLocalSink } from '../../../conformance/runner/harness-core.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { usualEventPatience } from '../../../conformance/webhooks/sink.ts';

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

/** Opens what is needed to run rules against one server after another. */
export const openHarness = async (options: HarnessOptions): Promise<Harness> => {
  const { patience = usualEventPatience.event, timeout, concurrency } = options;
  const core = createHarnessCore();
  const sink = await openLocalSink({ ...usualEventPatience, event: patience });
  const judge: Harness['judge'] = async (server, { rules, seed, runs, enough }) => {
    const start = performance.now();
    const stop = new AbortController();
    let requests = 0;
    const counting: Fault = (fetch, names) => {
      const wire = server.wire?.(fetch, names) ?? fetch;
      return (request, signal) => {
        requests += 1;
        return wire(request, signal);
      };
    };
    try {
      const runner = core.createRunner({
        run: { rules, seed, runs, timeout, concurrency },
        ...{ target: await core.targetOf(server), sink, fault: counting },
        interruption: stop.signal,
        ended: (outcome) => {
          if (enough?.(outcome)) stop.abort();
        },
      });
      const outcomes = await runner.runAll();
      return { outcomes, requests, milliseconds: performance.now() - start };
    } finally {
      await server.close();
    }
  };
  return { judge, close: sink.close };
};

/** A running server, and the faults injected around it. */
export interface ServerUnderTest {
  readonly url: string;
  readonly controlUrl: string;
  readonly wire?: Fault | undefined;
  /** Between the suite and its control API. */
  readonly control?: Fault;
  readonly close: () => Promise<void>;
}

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

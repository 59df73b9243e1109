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
  /** Ends the judging after an outcome that tells enough. */
  readonly enough?: (outcome: Outcome) => boolean;
}

/** What one judging came to. */
export interface RuleRunResult {
  readonly outcomes: readonly Outcome[];
  /** How many requests the rules sent. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface Harness {
  /** Judges a server over HTTP, and stops it. */
  readonly judge: (subject: ServerUnderTest, judging: RuleRun) => Promise<RuleRunResult>;
  readonly close: () => Promise<void>;
}

export interface HarnessOptions {
  /** How long an event is waited for, in milliseconds. */
  readonly patience?: number;
  /** How long one answer may take, in milliseconds. */
  readonly timeout: number;
  /** How many rules are judged at the same time. */
  readonly concurrency: number;
}

/** Makes ready to judge servers, one after the other. */
export const openHarness = async (options: HarnessOptions): Promise<Harness> => {
  const { patience = usualEventPatience.event, timeout, concurrency } = options;
  const core = createHarnessCore();
  const sink = await openLocalSink({ ...usualEventPatience, event: patience });
  const judge: Harness['judge'] = async (subject, { rules, seed, runs, enough }) => {
    const start = performance.now();
    const stop = new AbortController();
    let requests = 0;
    const counting: Fault = (fetch, names) => {
      const wire = subject.wire?.(fetch, names) ?? fetch;
      return (request, signal) => {
        requests += 1;
        return wire(request, signal);
      };
    };
    try {
      const runner = core.createRunner({
        run: { rules, seed, runs, timeout, concurrency },
        ...{ target: await core.targetOf(subject), sink, fault: counting },
        interruption: stop.signal,
        ended: (outcome) => {
          if (enough?.(outcome)) stop.abort();
        },
      });
      const outcomes = await runner.runAll();
      return { outcomes, requests, milliseconds: performance.now() - start };
    } finally {
      await subject.close();
    }
  };
  return { judge, close: sink.close };
};

/** A server that runs, and what stands between it and its callers. */
export interface ServerUnderTest {
  readonly url: string;
  readonly controlUrl: string;
  readonly wire?: Fault;
  /** Between its control API and the suite. */
  readonly control?: Fault;
  readonly close: () => Promise<void>;
}

/**
 * The ids of rules that are listed by hand, for a list must not outlive the name of a rule.
 *
 * @throws Error for an id that no rule has
 */
export const ruleIds = (...ids: readonly string[]): ReadonlySet<string> => {
  const unknown = ids.filter((id) => rules.every((rule) => rule.id !== id));
  if (unknown.length > 0) throw new Error(`No rule is called ${unknown.join(', ')}.`);
  return new Set(ids);
};

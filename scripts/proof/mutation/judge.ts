import { determineHitLimitReached } from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { Runner } from '../../../conformance/runner/runner.ts';
import { mutationRun } from './config.ts';
import { serves, starts } from './rule-order.ts';
import { instrumentation, type MutantServers, NotStarted, type ServerCopy } from './server.ts';

/** What the rules found; `endless` for a mutant that was reached too often. */
export type MutantFinding = Finding | { readonly kind: 'endless'; readonly reason: string };

/** Starts a server with these mutants active, and judges it by the rules. */
export type JudgeMutants = (
  ids: readonly string[],
  rules: readonly CheckRule[],
  options: { readonly hitLimit: number | undefined; readonly passed?: (rule: CheckRule) => void },
) => Promise<MutantFinding>;

export const createMutantJudge = (
  servers: MutantServers,
  load: () => ServerCopy,
  watch: typeof watchCrashes = watchCrashes,
): JudgeMutants => {
  const tryOnce: JudgeMutants = async (ids, rules, { hitLimit, passed }) => {
    const switchOff = instrumentation.activate(ids, hitLimit);
    const crashes = watch();
    try {
      const finding = await judgeCopy(servers, load, rules, crashes.first, passed);
      const endless = determineHitLimitReached(switchOff(), hitLimit);
      if (finding.kind === 'failed' || !endless) return finding;
      return { kind: 'endless', reason: endless.reason ?? '' };
    } finally {
      switchOff();
      crashes.stop();
    }
  };
  return async (ids, rules, options) => {
    const finding = await tryOnce(ids, rules, options);
    // The crash may come from an earlier server.
    return isServerCrash(finding) ? tryOnce(ids, rules, options) : finding;
  };
};

const isServerCrash = (finding: MutantFinding): boolean =>
  finding.kind === 'failed' && finding.by.includes(serves);

const judgeCopy = async (
  servers: MutantServers,
  load: () => ServerCopy,
  rules: readonly CheckRule[],
  crash: Promise<string>,
  passed?: (rule: CheckRule) => void,
): Promise<Finding> => {
  try {
    const server = await servers.start(load);
    const crashed = crash.then((reason): Finding => ({ kind: 'failed', by: [serves], reason }));
    const judged = judgeServer(server.runner, rules, passed);
    const finding = await Promise.race([judged, crashed]);
    await server.end();
    return finding;
  } catch (error) {
    const reason = String(error);
    if (error instanceof NotStarted) return { kind: 'failed', by: [starts], reason };
    return { kind: 'error', by: [], judged: 0, reason };
  }
};

/** What the rules found in a server. */
type Finding =
  | { readonly kind: 'failed'; readonly by: readonly string[]; readonly reason: string }
  | { readonly kind: 'passed'; readonly judged: number }
  /** No rule failed, and some broke down. */
  | {
      readonly kind: 'error';
      readonly by: readonly string[];
      readonly judged: number;
      readonly reason: string;
    };

/** After this many rules without a response the server counts as crashed. */
const crashedAfter = 4;
/** After this many breakdowns no further rule runs. If none passed, the server counts as crashed. */
const mostErrors = 16;
/** The first rules, which are the likeliest to find something, run one by one. */
const oneByOne = 6;
/** After this many rules without a finding, those that wait are started. */
const beforeWaiting = 24;

/**
 * Judges a server by rules until the first fails. A rule that fails or breaks down runs again, in case
 * something was only late; it counts if it does so twice.
 *
 * @param passed - called for each rule that passes
 */
const judgeServer = (
  runner: Runner,
  rules: readonly CheckRule[],
  passed: (rule: CheckRule) => void = () => undefined,
): Promise<Finding> => {
  const errors: Breakdown[] = [];
  let [judged, passedCount] = [0, 0];
  return new Promise<Finding>((resolve, reject) => {
    let over = false;
    const end = (finding: Finding): void => {
      over = true;
      resolve(finding);
    };
    const lane = async (queue: Iterable<CheckRule>): Promise<void> => {
      for (const rule of queue) {
        if (over || errors.length >= mostErrors) return;
        const { outcome, reason, failure } = await judgeByOne(runner, rule);
        judged += 1;
        if (failure) end(failure);
        else if (outcome === 'passed') {
          passedCount += 1;
          passed(rule);
        } else if (outcome === 'error') {
          errors.push({ rule: rule.id, reason });
          if (errors.filter(isUnanswered).length >= crashedAfter) end(serverCrashed(errors));
        }
      }
    };
    runInOrder(rules, lane).then(() => {
      end(summarize(judged, passedCount, errors));
    }, reject);
  });
};

interface Breakdown {
  readonly rule: string;
  readonly reason: string;
}

/** For a server that doesn't respond, or that no rule can judge. */
const serverCrashed = (errors: readonly Breakdown[]): Finding => ({
  ...{ kind: 'failed', by: [serves, ...errors.map(({ rule }) => rule)] },
  reason: errors[0]?.reason ?? '',
});

/** In the words of `conformance/http/timeout.ts`. */
const isUnanswered = ({ reason }: Breakdown): boolean =>
  /got no response within|Check that the target is still running/.test(reason);

const summarize = (judged: number, passed: number, errors: readonly Breakdown[]): Finding => {
  const [first] = errors;
  if (!first) return { kind: 'passed', judged };
  if (passed === 0 && errors.length >= mostErrors) return serverCrashed(errors);
  const reason = `${first.rule}: ${first.reason}`;
  return { kind: 'error', by: errors.map(({ rule }) => rule), judged, reason };
};

/** The likeliest first; those that wait are started together, so that they wait together. */
const runInOrder = async (
  rules: readonly CheckRule[],
  lane: (queue: Iterable<CheckRule>) => Promise<void>,
): Promise<void> => {
  const inLanes = (queue: Iterable<CheckRule>): Promise<void>[] =>
    Array.from({ length: mutationRun.concurrency }, () => lane(queue));
  const quick = rules.filter(({ waits }) => !waits);
  const waiting = rules.filter(({ waits }) => waits);
  await lane(quick.slice(0, oneByOne));
  await Promise.all(inLanes(quick.slice(oneByOne, beforeWaiting).values()));
  await Promise.all([
    ...inLanes(quick.slice(beforeWaiting).values()),
    ...waiting.map((rule) => lane([rule])),
  ]);
};

/** The outcome of one rule, or of an ambient rule that failed during it. */
const judgeByOne = async (runner: Runner, rule: CheckRule) => {
  const { outcome, reason = '', counterexample } = await judgeTwice(runner, rule);
  if (outcome === 'failed') return { outcome, reason, failure: fail([rule.id], counterexample) };
  const ambient = runner.ambientOutcomes().find((one) => one.outcome === 'failed');
  if (!ambient) return { outcome, reason, failure: undefined };
  const failure = fail([ambient.id, rule.id], ambient.counterexample);
  return { outcome: 'failed' as const, reason, failure };
};

const judgeTwice = async (runner: Runner, rule: CheckRule) => {
  const first = await runner.run(rule);
  return ['failed', 'error'].includes(first.outcome) ? runner.run(rule) : first;
};

const fail = (
  by: readonly string[],
  difference: { readonly expected: string; readonly actual: string } | undefined,
): Finding => {
  const reason = difference
    ? `expected ${difference.expected}; ${difference.actual}`.slice(0, 300)
    : '';
  return { kind: 'failed', by, reason };
};

/** Detects errors that would end the server if it ran in a separate process. */
export const watchCrashes = () => {
  let report: (reason: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => {
    report = resolve;
  });
  const notice = (error: unknown): void => {
    report(`the server crashed: ${String(error)}`);
  };
  process.on('uncaughtException', notice);
  process.on('unhandledRejection', notice);
  return {
    /** Why it would have ended; never settles without an error. */
    first,
    stop: () => {
      process.off('unhandledRejection', notice);
      // A late error must not end this process; the run that notices it is repeated.
      setTimeout(() => {
        process.off('uncaughtException', notice);
      }, 5_000).unref();
    },
  };
};

import { determineHitLimitReached } from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { Runner } from '../../../conformance/runner/runner.ts';
import { mutationRun } from './config.ts';
import { serves, starts } from './rule-order.ts';
import { instrumentation, type MutantServers, NotStarted, type ServerCopy } from './server.ts';

/** What was found, or that the mutant was met so often that it would never have ended. */
export type MutantFinding = Finding | { readonly kind: 'endless'; readonly reason: string };

/** Judges a server of its own with certain mutants on. */
export type JudgeMutants = (
  ids: readonly string[],
  rules: readonly CheckRule[],
  options: { readonly hitLimit: number | undefined; readonly passed?: (rule: CheckRule) => void },
) => Promise<MutantFinding>;

export const createMutantJudge = (
  stage: MutantServers,
  load: () => ServerCopy,
  watch: typeof watchCrashes = watchCrashes,
): JudgeMutants => {
  const tryOnce: JudgeMutants = async (ids, rules, { hitLimit, passed }) => {
    const switchOff = instrumentation.activate(ids, hitLimit);
    const crashes = watch();
    try {
      const finding = await judgeCopy(stage, load, rules, crashes.first, passed);
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
    // What crashed may be what was left of the server before.
    return isServerCrash(finding) ? tryOnce(ids, rules, options) : finding;
  };
};

const isServerCrash = (finding: MutantFinding): boolean =>
  finding.kind === 'failed' && finding.by.includes(serves);

const judgeCopy = async (
  stage: MutantServers,
  load: () => ServerCopy,
  rules: readonly CheckRule[],
  crash: Promise<string>,
  passed?: (rule: CheckRule) => void,
): Promise<Finding> => {
  try {
    const trial = await stage.raise(load);
    const crashed = crash.then((reason): Finding => ({ kind: 'failed', by: [serves], reason }));
    const judged = judgeServer(trial.court, rules, mutationRun.width, passed);
    const finding = await Promise.race([judged, crashed]);
    await trial.end();
    return finding;
  } catch (error) {
    const reason = String(error);
    if (error instanceof NotStarted) return { kind: 'failed', by: [starts], reason };
    return { kind: 'error', by: [], judged: 0, reason };
  }
};

/** What the rules found about a server. */
type Finding =
  | { readonly kind: 'failed'; readonly by: readonly string[]; readonly reason: string }
  | { readonly kind: 'passed'; readonly judged: number }
  /** No rule failed, and some couldn't be brought to their end. */
  | {
      readonly kind: 'error';
      readonly by: readonly string[];
      readonly judged: number;
      readonly reason: string;
    };

/** So many rules that break down since nobody answers them: the server is as good as dead. */
const deadAfter = 4;
/** So many rules that break down: the others would end no better. If none passed, it is dead. */
const mostErrors = 16;
/** So many rules one by one, since the likeliest to find a fault stand first. */
const likely = 6;
/** So many without a finding, and it is time to begin with those that wait. */
const head = 24;

/**
 * Judges a server by rules until the first fails. A rule that fails or breaks down is judged again,
 * since what is late isn't lost; it counts if it does so twice.
 *
 * @param width - how many rules at the same time
 * @param passed - is told of each rule that the server keeps
 */
const judgeServer = (
  court: Runner,
  rules: readonly CheckRule[],
  width: number,
  passed: (rule: CheckRule) => void = () => undefined,
): Promise<Finding> => {
  const errors: Breakdown[] = [];
  let [judged, kept] = [0, 0];
  return new Promise<Finding>((resolve, reject) => {
    let over = false;
    const end = (finding: Finding): void => {
      over = true;
      resolve(finding);
    };
    const lane = async (queue: Iterable<CheckRule>): Promise<void> => {
      for (const rule of queue) {
        if (over || errors.length >= mostErrors) return;
        const { outcome, reason, failure } = await judgeByOne(court, rule);
        judged += 1;
        if (failure) end(failure);
        else if (outcome === 'passed') {
          kept += 1;
          passed(rule);
        } else if (outcome === 'error') {
          errors.push({ rule: rule.id, reason });
          if (errors.filter(isUnanswered).length >= deadAfter) end(serverDead(errors));
        }
      }
    };
    goThrough(rules, width, lane).then(() => {
      end(sumUp(judged, kept, errors));
    }, reject);
  });
};

interface Breakdown {
  readonly rule: string;
  readonly reason: string;
}

/** Of a server that leaves requests without an answer, or that no rule at all can judge. */
const serverDead = (errors: readonly Breakdown[]): Finding => ({
  ...{ kind: 'failed', by: [serves, ...errors.map(({ rule }) => rule)] },
  reason: errors[0]?.reason ?? '',
});

/** As `conformance/world/timeout.ts` words it. */
const isUnanswered = ({ reason }: Breakdown): boolean =>
  /was not answered within|Check that the target is still running/.test(reason);

const sumUp = (judged: number, kept: number, errors: readonly Breakdown[]): Finding => {
  const [first] = errors;
  if (!first) return { kind: 'passed', judged };
  if (kept === 0 && errors.length >= mostErrors) return serverDead(errors);
  const reason = `${first.rule}: ${first.reason}`;
  return { kind: 'error', by: errors.map(({ rule }) => rule), judged, reason };
};

/** The likeliest first; those that wait are begun together, so that they wait together. */
const goThrough = async (
  rules: readonly CheckRule[],
  width: number,
  lane: (queue: Iterable<CheckRule>) => Promise<void>,
): Promise<void> => {
  const inLanes = (queue: Iterable<CheckRule>): Promise<void>[] =>
    Array.from({ length: width }, () => lane(queue));
  const quick = rules.filter(({ waits }) => !waits);
  const patient = rules.filter(({ waits }) => waits);
  await lane(quick.slice(0, likely));
  await Promise.all(inLanes(quick.slice(likely, head).values()));
  await Promise.all([
    ...inLanes(quick.slice(head).values()),
    ...patient.map((rule) => lane([rule])),
  ]);
};

/** How the server fared with one rule, and with those that watch every exchange. */
const judgeByOne = async (court: Runner, rule: CheckRule) => {
  const { outcome, reason = '', counterexample } = await judgeTwice(court, rule);
  if (outcome === 'failed') return { outcome, reason, failure: fail([rule.id], counterexample) };
  const ambient = court.ambientOutcomes().find((one) => one.outcome === 'failed');
  if (!ambient) return { outcome, reason, failure: undefined };
  const failure = fail([ambient.id, rule.id], ambient.counterexample);
  return { outcome: 'failed' as const, reason, failure };
};

const judgeTwice = async (court: Runner, rule: CheckRule) => {
  const first = await court.run(rule);
  return ['failed', 'error'].includes(first.outcome) ? court.run(rule) : first;
};

const fail = (
  by: readonly string[],
  gap: { readonly expected: string; readonly actual: string } | undefined,
): Finding => {
  const reason = gap ? `expected ${gap.expected}; ${gap.actual}`.slice(0, 300) : '';
  return { kind: 'failed', by, reason };
};

/** Notices what would have ended the server's process, had it one of its own. */
export const watchCrashes = () => {
  let tell: (reason: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const notice = (error: unknown): void => {
    tell(`the server died: ${String(error)}`);
  };
  process.on('uncaughtException', notice);
  process.on('unhandledRejection', notice);
  return {
    /** Why it would have died; never settles if nothing happens. */
    first,
    stop: () => {
      process.off('unhandledRejection', notice);
      // What comes late must not end this process; the trial that hears it is held once more.
      setTimeout(() => {
        process.off('uncaughtException', notice);
      }, 5_000).unref();
    },
  };
};

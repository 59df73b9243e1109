import { determineHitLimitReached } from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/rule.ts';
import { course } from './course.ts';
import { watchCrashes } from './crashes.ts';
import { instrumentation } from './instrumentation.ts';
import { judgeServer, type Finding } from './judge.ts';
import { serves, starts } from './measure.ts';
import type { ServerCopy } from './server-copy.ts';
import { NotStarted, type Stage } from './stage.ts';

/** What was found, or that the mutant was met so often that it would never have ended. */
export type TrialFinding = Finding | { readonly kind: 'endless'; readonly reason: string };

/** Judges a server of its own with certain mutants on. */
export type Try = (
  ids: readonly string[],
  rules: readonly CheckRule[],
  options: { readonly hitLimit: number | undefined; readonly passed?: (rule: CheckRule) => void },
) => Promise<TrialFinding>;

export const createTry = (
  stage: Stage,
  load: () => ServerCopy,
  watch: typeof watchCrashes = watchCrashes,
): Try => {
  const tryOnce: Try = async (ids, rules, { hitLimit, passed }) => {
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
    return isCrash(finding) ? tryOnce(ids, rules, options) : finding;
  };
};

const isCrash = (finding: TrialFinding): boolean =>
  finding.kind === 'failed' && finding.by.includes(serves);

const judgeCopy = async (
  stage: Stage,
  load: () => ServerCopy,
  rules: readonly CheckRule[],
  crash: Promise<string>,
  passed?: (rule: CheckRule) => void,
): Promise<Finding> => {
  try {
    const trial = await stage.raise(load);
    const crashed = crash.then((reason): Finding => ({ kind: 'failed', by: [serves], reason }));
    const judged = judgeServer(trial.court, rules, course.width, passed);
    const finding = await Promise.race([judged, crashed]);
    await trial.end();
    return finding;
  } catch (error) {
    const reason = String(error);
    if (error instanceof NotStarted) return { kind: 'failed', by: [starts], reason };
    return { kind: 'error', by: [], judged: 0, reason };
  }
};

import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { usageError } from '../errors.ts';
import type { Outcome } from '../runner/outcome.ts';
import { excuseOfShard, isOfOtherShard, readShard } from '../runner/selection.ts';
import { type Breadth, findCauses } from './findings.ts';
import { concludeRun, countsOf, gapsOf } from './compile.ts';
import { judgeRun } from './judgement.ts';
import type { Report, ReportedRule } from './report.ts';
import type { VerdictObstacle } from './verdict.ts';

/**
 * Merges the reports of all shards of a run, as if one run had executed every rule. A failure in one
 * shard makes the target non-conformant; otherwise a shard that broke down leaves no verdict.
 *
 * @throws Breakdown when a shard is missing or given twice, when the reports are of different runs,
 *   or of another version of the suite, and when the shards executed parts that don't fit together
 */
export const mergeReports = (
  reports: readonly Report[],
  suite: {
    readonly rules: readonly Rule[];
    readonly register: readonly Requirement[];
    /** The rules in their order, basic ones first. */
    readonly order: readonly Breadth[];
  },
): Report => {
  const shards = orderShards(reports);
  requireOneRun(shards);
  requireRules(shards, suite.rules);
  const rules = suite.rules.map(({ kind }, index) => {
    const results = shards.flatMap((report) => report.rules[index] ?? []);
    return kind === 'ambient' ? combineAmbient(results) : pickExecuted(results);
  });
  const first = shards.find(reachedTarget) ?? shards[0];
  const outcomes = rules.map(toOutcome);
  const endedEarly = shards.flatMap((report) => report.endedEarly ?? []);
  const { requirements, counted, judge, ...judged } = judgeRun({
    ...{ register: suite.register, outcomes, gates: first.gates, endedEarly, sharded: false },
    omitted: new Map(Object.entries(first.omitted) as [RequirementId, string][]),
    baseline: { ...first.baseline, known: new Map(Object.entries(first.baseline.known)) },
    accusedBy: createAccusedFinder(rules),
  });
  return {
    ...first,
    ...timesOf(shards),
    ...concludeShards(shards, judge, counted),
    endedEarly: endedEarly[0] ?? null,
    shard: null,
    target: { ...first.target, remains: leftoversOf(shards), ...listsWaitedFor(shards) },
    counts: countsOf(outcomes, requirements),
    ...judged,
    ...{ findings: findCauses(rules, { ...suite, newer: judged.newer.rules }), rules },
    gaps: gapsOf(requirements),
  };
};

/** What a failure is about, as the shard that found it reported it. */
const createAccusedFinder = (
  rules: readonly ReportedRule[],
): ((outcome: Outcome) => readonly RequirementId[]) => {
  const reported = new Map(rules.map((rule) => [rule.id, rule]));
  return ({ id, verifies }) =>
    reported.get(id)?.counterexample?.requirements.map((requirement) => requirement.id) ?? verifies;
};

type Shards = readonly [Report, ...Report[]];

/** The reports in the order of their shards. */
const orderShards = (reports: readonly Report[]): Shards => {
  const numbered = reports.map((report) => {
    if (report.shard === null) {
      throw usageError(
        'One of the reports is of a whole run. Give only reports of runs with --shard.',
      );
    }
    return { report, ...readShard(report.shard) };
  });
  const of = numbered[0]?.of ?? 0;
  if (numbered.some((one) => one.of !== of)) {
    throw usageError('The reports have different numbers of shards. Give those of one run.');
  }
  const [first, ...others] = Array.from({ length: of }, (_, index) => {
    const found = numbered.filter(({ number }) => number === index + 1);
    const [only] = found;
    const name = `shard ${String(index + 1)}/${String(of)}`;
    if (only === undefined) throw usageError(`The report of ${name} is missing. Give it too.`);
    if (found.length > 1) throw usageError(`There are ${String(found.length)} reports of ${name}.`);
    return only.report;
  });
  if (first === undefined)
    throw usageError('There is no report to merge. Give those of all shards.');
  return [first, ...others];
};

type SharedValue = readonly [noun: string, valueOf: (report: Report) => unknown];

/** What must be the same in all shards of a run. */
const sharedValues: readonly SharedValue[] = [
  ['versions of the suite', ({ suite }) => suite.version],
  ['seeds (give --seed)', ({ seed }) => seed],
  ['numbers of generated cases', ({ runs }) => runs],
];

/** What a shard says about its target, if it opened one. */
const sharedTargetValues: readonly SharedValue[] = [
  // The reference server, the default target, has another port each time.
  ['targets', ({ target }) => (target.options.length === 0 ? '' : target.url)],
  ['capabilities', ({ target }) => target.capabilities.join()],
  // A configuration may set the gates, which a shard that opened nothing hasn't read.
  ['values of --fail-on (or --strict)', ({ gates }) => gates.failOn],
  ['values of --as-of', ({ gates }) => gates.asOf],
  ['values of --min-verified', ({ gates }) => gates.minVerified],
  ['baselines', ({ baseline }) => describeBaseline(baseline)],
  ['omissions', ({ omitted }) => JSON.stringify(omitted)],
];

/** The entries of a baseline, whether or not they have expired: midnight may be between two shards. */
const describeBaseline = ({ known, expired }: Report['baseline']): string => {
  const entries = [...Object.entries(known), ...expired.map(({ id, reason }) => [id, reason])];
  return JSON.stringify(entries.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)));
};

/** False for a shard without rules, and for one that broke down before it sent a request. */
const reachedTarget = ({ rules, breakdown }: Report): boolean =>
  rules.some(({ evidence }) => evidence.exchanges > 0) ||
  (breakdown === null && rules.some(({ outcome }) => outcome !== 'omitted'));

const requireOneRun = (shards: Shards): void => {
  requireSame(shards, sharedValues);
  requireSame(shards.filter(reachedTarget), sharedTargetValues);
};

const requireSame = (reports: readonly Report[], values: readonly SharedValue[]): void => {
  for (const [what, valueOf] of values) {
    if (new Set(reports.map(valueOf)).size > 1) {
      throw usageError(
        `The reports are of different runs: their ${what} differ. Run all shards with the same options.`,
      );
    }
  }
};

const requireRules = (shards: Shards, rules: readonly Rule[]): void => {
  const ids = rules.map(({ id }) => id).join();
  if (shards.every((report) => report.rules.map(({ id }) => id).join() === ids)) return;
  throw usageError(
    'The reports have other rules than this suite. Merge them with the version that made them.',
  );
};

/** The verdict on all shards, or the breakdown of one of them, which gives none. */
const concludeShards = (
  shards: Shards,
  judge: () => Report['verdict'],
  outcomes: readonly Outcome[],
): Pick<Report, 'verdict' | 'breakdown'> => {
  const merged = concludeRun(undefined, outcomes, judge);
  if (merged.verdict === 'non-conformant') return merged;
  const broken = shards.find(({ breakdown }) => breakdown !== null);
  return broken?.breakdown
    ? { verdict: null, breakdown: inShard(broken, broken.breakdown) }
    : merged;
};

const inShard = ({ shard }: Report, { message, exitCode }: VerdictObstacle): VerdictObstacle => ({
  message: `In shard ${shard ?? ''}: ${message}`,
  exitCode,
});

/**
 * The result of the shard that executed the rule; that of any shard when all left it out.
 *
 * @throws Breakdown when not exactly one shard executed it
 */
const pickExecuted = (results: readonly ReportedRule[]): ReportedRule => {
  const own = results.filter(({ reason }) => !isOfOtherShard(reason));
  const [found, another] = own;
  const fits = another === undefined || own.every(({ outcome }) => outcome === 'omitted');
  if (found && fits) return found;
  const how = found ? 'several shards have' : 'no shard has';
  throw usageError(
    `The shards don't fit together: ${how} ${results[0]?.id ?? 'a rule'}. ` +
      'Run all shards with the same options.',
  );
};

/** The worst outcome of all shards; not verified when no shard had anything to inspect. */
const combineAmbient = (results: readonly ReportedRule[]): ReportedRule => {
  const by = (outcome: Outcome['outcome']) => results.find((one) => one.outcome === outcome);
  const worst = requireOne(
    by('failed') ?? by('error') ?? by('passed') ?? by('not-verified') ?? by('omitted'),
  );
  const evidence = {
    ...worst.evidence,
    exchanges: results.reduce((sum, one) => sum + one.evidence.exchanges, 0),
  };
  if (worst.reason !== excuseOfShard) return { ...worst, evidence };
  return { ...worst, evidence, outcome: 'not-verified', reason: nothingToInspect };
};

const nothingToInspect = 'No exchange of any shard was of the kind that it inspects.';

const toOutcome = ({ reason, known, evidence, ...rule }: ReportedRule): Outcome => ({
  ...{ ...rule, ...evidence, counterexample: undefined },
  reason: reason ?? undefined,
  ...(known !== null && { known }),
});

const timesOf = (shards: Shards): Pick<Report, 'startedAt' | 'durationMs'> => {
  const starts = shards.map(({ startedAt }) => Date.parse(startedAt));
  const ends = shards.map(({ durationMs }, index) => (starts[index] ?? 0) + durationMs);
  const start = Math.min(...starts);
  return { startedAt: new Date(start).toISOString(), durationMs: Math.max(...ends) - start };
};

const leftoversOf = (shards: Shards): string | null => {
  const leftovers = shards.flatMap(({ target }) => target.remains ?? []);
  return leftovers.length === 0 ? null : [...new Set(leftovers)].join('; ');
};

const listsWaitedFor = (shards: Shards): Pick<Report['target'], 'listsWaitedForMs'> => {
  const waited = shards.flatMap(({ target }) => target.listsWaitedForMs ?? []);
  return waited.length === 0 ? {} : { listsWaitedForMs: Math.max(...waited) };
};

const requireOne = <Item>(item: Item | undefined): Item => {
  if (item === undefined) throw new Error('A report has fewer rules than it was read with.');
  return item;
};

import type { Report, ReportedRule } from '../report/report.ts';
import { formatCounterexample } from './counterexample.ts';
import {
  areaOf,
  describeCaveat,
  describeRule,
  hasOwnBreakdown,
  type Kind,
  kindOf,
  verdictOf,
} from './summary.ts';
import { createLayout, plain } from './text.ts';

/**
 * The report in the Common Test Report Format (CTRF), one test for each rule. What fails the run
 * has failed; deviations and known failures pass, with their details as the message. `rawStatus` is
 * what a rule counts as in the verdict. A breakdown is a failed test of its own, unless rules have
 * the error already.
 */
export const reportCtrf = (report: Report): string => {
  const { suite, target, startedAt, durationMs } = report;
  const tests = [...report.rules.map((rule) => testOf(rule, report)), ...breakdownTest(report)];
  const start = Date.parse(startedAt);
  const duration = Math.round(durationMs);
  const document = {
    reportFormat: 'CTRF',
    specVersion,
    timestamp: new Date(start + duration).toISOString(),
    generatedBy: tool,
    results: {
      tool: { name: tool, version: suite.version },
      summary: {
        tests: tests.length,
        ...countStatuses(tests),
        ...{ start, stop: start + duration, duration },
        extra: runOf(report),
      },
      tests,
      ...(target.url === '' ? {} : { environment: { testEnvironment: target.url } }),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

const tool = 'leadgrid-conformance';

/** That of the working draft: there is no other yet. */
const specVersion = '0.0.0';

const statuses = {
  passed: 'passed',
  deviation: 'passed',
  known: 'passed',
  new: 'passed',
  failure: 'failed',
  mended: 'failed',
  error: 'failed',
  // "Awaiting execution or some condition", such as a key that is missing.
  'not-verified': 'pending',
  omitted: 'skipped',
} as const satisfies Record<Kind, string>;

interface Test {
  readonly name: string;
  readonly status: (typeof statuses)[Kind];
}

const countStatuses = (tests: readonly Test[]) => {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  for (const { status } of tests) counts[status] += 1;
  return counts;
};

/** What the format has no field for. */
const runOf = (report: Report) => {
  const { breakdown, endedEarly, strict, seed, runs, shard, counts } = report;
  const verdict = { verdict: report.verdict, conclusion: conclude(report) };
  return { ...verdict, ...{ breakdown, endedEarly, strict, seed, runs, shard, counts } };
};

const conclude = (report: Report): string => {
  const caveat = describeCaveat(report);
  return verdictOf(report) + (caveat && `: ${caveat}`);
};

const layout = createLayout(false, 120);

const testOf = (rule: ReportedRule, report: Report) => {
  const { id, level, sentence, verifies, evidence, counterexample, outcome } = rule;
  const kind = kindOf(rule, report);
  const silent = outcome === 'passed' && kind === 'passed';
  return {
    name: plain(`${id}: ${sentence}`),
    status: statuses[kind],
    duration: Math.round(evidence.milliseconds),
    suite: ['conformance', areaOf(id)],
    ...(silent ? {} : { message: plain(describeRule(rule, report)) }),
    ...(counterexample ? { trace: formatCounterexample(counterexample, layout).join('\n') } : {}),
    rawStatus: kind,
    tags: [level, ...verifies],
    extra: { rule: id, exchanges: evidence.exchanges, repeat: counterexample?.repeat ?? null },
  };
};

const breakdownTest = (report: Report) => {
  const { breakdown } = report;
  if (breakdown === null || !hasOwnBreakdown(report)) return [];
  const message = plain(breakdown.message);
  return [
    { name: 'the run', status: 'failed' as const, duration: 0, message, rawStatus: 'breakdown' },
  ];
};

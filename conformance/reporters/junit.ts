import type { Report, ReportedRule } from '../report/report.ts';
import { formatCounterexample } from './counterexample.ts';
import {
  areasOf,
  describeCaveat,
  describeRule,
  hasOwnBreakdown,
  type Kind,
  kindOf,
  verdictOf,
} from './summary.ts';
import { createLayout, plain } from './text.ts';

/**
 * The report as JUnit XML, one suite for each area and one test for each rule, valid by the schema of
 * the xUnit plugin of Jenkins. Deviations and known failures don't fail the run, so they pass, with
 * the details as their output. Rules that were not verified or omitted are skipped tests with a
 * reason. A breakdown is the error of a test of its own, unless rules have the error already.
 */
export const reportJunit = (report: Report): string => {
  const suites = areasOf(report).map(([area, rules], index) =>
    suiteOf(`conformance.${area}`, index, rules, report),
  );
  const all = [...suites, ...breakdownSuite(report, suites.length)];
  // The schema has no `skipped` here.
  const [tests, failures, errors] = (['tests', 'failures', 'errors'] as const).map((name) =>
    String(sum(all.map(({ counts }) => counts[name]))),
  );
  const totals = {
    ...{ name: 'leadgrid-conformance', tests: tests ?? '0' },
    ...{ failures: failures ?? '0', errors: errors ?? '0' },
    time: seconds(sum(all.map(({ time }) => time))),
  };
  const inner = all.map((one) => suiteElement(one, report));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', totals, inner)}\n`;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const breakdownSuite = (report: Report, index: number): Suite[] => {
  const { breakdown } = report;
  if (breakdown === null || !hasOwnBreakdown(report)) return [];
  const message = plain(breakdown.message);
  const error = element('error', { message, type: 'breakdown' }, [text(message)], '');
  const test = element('testcase', { classname: 'conformance', name: 'the run', time: '0.000' }, [
    error,
  ]);
  const counts = { tests: 1, failures: 0, errors: 1, skipped: 0 };
  return [{ name: 'conformance', index, counts, time: 0, tests: [test] }];
};

const suiteOf = (
  name: string,
  index: number,
  rules: readonly ReportedRule[],
  report: Report,
): Suite => {
  const count = (result: Result): number =>
    rules.filter((rule) => resultOf(rule, report) === result).length;
  const counts = {
    ...{ tests: rules.length, failures: count('failure') },
    ...{ errors: count('error'), skipped: count('skipped') },
  };
  const time = sum(rules.map(({ evidence }) => evidence.milliseconds));
  return { name, index, counts, time, tests: rules.map((rule) => testCase(name, rule, report)) };
};

/** What an element for a suite shows. */
interface Suite {
  readonly name: string;
  readonly index: number;
  readonly counts: Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>>;
  /** Milliseconds. */
  readonly time: number;
  readonly tests: readonly string[];
}

const suiteElement = ({ name, index, counts, time, tests }: Suite, report: Report): string =>
  element(
    'testsuite',
    {
      ...{ name, package: 'conformance', id: String(index), hostname: hostOf(report.target.url) },
      // The schemas require it without a time zone.
      timestamp: report.startedAt.slice(0, 19),
      ...Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)])),
      time: seconds(time),
    },
    [
      element('properties', {}, properties(report)),
      ...tests,
      element('system-out', {}, []),
      element('system-err', {}, []),
    ],
  );

/** The schemas require a name. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'none');

const properties = (report: Report): string[] => {
  const caveat = describeCaveat(report);
  return Object.entries({
    verdict: verdictOf(report) + (caveat && `: ${caveat}`),
    ...(report.endedEarly === null ? {} : { 'ended-early': report.endedEarly }),
    target: report.target.url,
    seed: String(report.seed),
    suite: report.suite.version,
    ...(report.shard === null ? {} : { shard: report.shard }),
  }).map(([name, value]) => `<property${attributes({ name, value })}/>`);
};

type Result = 'passed' | 'failure' | 'error' | 'skipped';

const results = {
  failure: 'failure',
  mended: 'failure',
  error: 'error',
  deviation: 'passed',
  known: 'passed',
  new: 'passed',
  'not-verified': 'skipped',
  omitted: 'skipped',
  passed: 'passed',
} as const satisfies Record<Kind, Result>;

const resultOf = (rule: ReportedRule, report: Report): Result => results[kindOf(rule, report)];

const testCase = (classname: string, rule: ReportedRule, report: Report): string => {
  const { id, sentence, evidence } = rule;
  const name = plain(`${id}: ${sentence}`);
  const time = seconds(evidence.milliseconds);
  return element('testcase', { classname, name, time }, detailsOf(rule, report));
};

const detailsOf = (rule: ReportedRule, report: Report): string[] => {
  const { counterexample, level, outcome } = rule;
  const result = resultOf(rule, report);
  if (result === 'passed' && outcome === 'passed') return [];
  const message = plain(describeRule(rule, report));
  if (result === 'skipped') return [`<skipped${attributes({ message })}/>`];
  const lines = counterexample ? formatCounterexample(counterexample, layout) : [message];
  if (result === 'passed') {
    return [element('system-out', {}, [text([message, ...lines].join('\n'))], '')];
  }
  return [element(result, { message, type: level }, [text(lines.join('\n'))], '')];
};

const layout = createLayout(false, 120);

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** An element with its inner elements, by default each on a separate line. */
const element = (
  name: string,
  values: Readonly<Record<string, string>>,
  inner: readonly string[],
  separator = '\n',
): string => {
  const head = `${name}${attributes(values)}`;
  if (inner.length === 0) return `<${head}/>`;
  return `<${head}>${[separator, inner.join(separator), separator].join('')}</${name}>`;
};

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(value).replaceAll(/["\n\t]/g, reference)}"`)
    .join('');

/** Text for XML: special characters escaped, forbidden ones replaced. */
const text = (value: string): string =>
  value.replaceAll(forbidden, '\u{FFFD}').replaceAll(/[&<>\r]/g, reference);

// XML 1.0 can't contain these, not even as references.
// eslint-disable-next-line no-control-regex -- it must match control characters
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

const names: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

const reference = (character: string): string =>
  names[character] ?? `&#${String(character.codePointAt(0))};`;

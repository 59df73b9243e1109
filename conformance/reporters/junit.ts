import type { Report, ReportedRule } from '../report/report.ts';
import { formatCounterexample } from './counterexample.ts';
import { areasOf, describeCaveat, kindOf, newSince, verdictOf } from './summary.ts';
import { createLayout, plain } from './text.ts';

/**
 * The report as JUnit XML, one suite for each area, valid by the schemas of both Ant and Jenkins.
 * Deviations and known failures don't fail the run, so they are skipped tests with a reason, as are
 * rules that were not verified or omitted. A breakdown is the error of a test of its own, unless
 * rules have the error already.
 */
export const reportJunit = (report: Report): string => {
  const suites = areasOf(report).map(([area, rules], index) =>
    suite(`conformance.${area}`, index, rules, report),
  );
  const all = [...suites, ...breakdownSuite(report, suites.length)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, all)}\n`;
};

const breakdownSuite = (report: Report, index: number): string[] => {
  const { breakdown, rules } = report;
  if (breakdown === null || rules.some(({ outcome }) => outcome === 'error')) return [];
  const message = plain(breakdown.message);
  const error = element('error', { message, type: 'breakdown' }, [text(message)], '');
  const test = element('testcase', { classname: 'conformance', name: 'the run', time: '0.000' }, [
    error,
  ]);
  const counts = { tests: 1, failures: 0, errors: 1, skipped: 0 };
  return [suiteElement({ name: 'conformance', index, counts, time: 0, tests: [test] }, report)];
};

const suite = (
  name: string,
  index: number,
  rules: readonly ReportedRule[],
  report: Report,
): string => {
  const count = (result: Result): number =>
    rules.filter((rule) => resultOf(rule, report) === result).length;
  const counts = {
    ...{ tests: rules.length, failures: count('failure') },
    ...{ errors: count('error'), skipped: count('skipped') },
  };
  const time = rules.reduce((sum, { evidence }) => sum + evidence.milliseconds, 0);
  const tests = rules.map((rule) => testCase(name, rule, report));
  return suiteElement({ name, index, counts, time, tests }, report);
};

/** What an element for a suite shows. */
interface Suite {
  readonly name: string;
  readonly index: number;
  readonly counts: Readonly<Record<string, number>>;
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

const resultOf = (rule: ReportedRule, report: Report): Result => {
  const kind = kindOf(rule, report);
  if (kind === 'passed' || kind === 'error' || kind === 'failure') return kind;
  return kind === 'mended' ? 'failure' : 'skipped';
};

const testCase = (classname: string, rule: ReportedRule, report: Report): string => {
  const { id, sentence, evidence } = rule;
  const result = resultOf(rule, report);
  const name = plain(`${id}: ${sentence}`);
  const inner = result === 'passed' ? [] : [verdictOn(rule, result, report)];
  return element('testcase', { classname, name, time: seconds(evidence.milliseconds) }, inner);
};

const verdictOn = (rule: ReportedRule, result: Result, report: Report): string => {
  const message = plain(formatShort(rule, report));
  if (result === 'skipped') return `<skipped${attributes({ message })}/>`;
  const { counterexample, level } = rule;
  const lines = counterexample ? formatCounterexample(counterexample, layout) : [message];
  return element(result, { message, type: level }, [text(lines.join('\n'))], '');
};

const layout = createLayout(false, 120);

const formatShort = (rule: ReportedRule, report: Report): string => {
  const { counterexample, known, reason } = rule;
  const found = `expected ${counterexample?.expected ?? ''}, but got ${counterexample?.actual ?? ''}`;
  switch (kindOf(rule, report)) {
    case 'failure':
      return found;
    case 'deviation':
      return `A deviation from a decision, no failure without --strict: ${found}`;
    case 'known':
      return `A known failure: ${known ?? ''}`;
    case 'new':
      return `${newSince(report)}, not in the verdict: ${counterexample ? found : (reason ?? '')}`;
    case 'mended':
      return 'It passes, but the baseline lists it as a known failure. Remove it there.';
    case 'passed':
    case 'error':
    case 'not-verified':
    case 'omitted':
      return reason ?? '';
  }
};

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

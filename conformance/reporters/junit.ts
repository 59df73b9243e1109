import type { Report, ReportedRule } from '../report/report.ts';
import { formatCounterexample } from './counterexample.ts';
import { areasOf, describeCaveat, kindOf } from './summary.ts';
import { createLayout, plain } from './text.ts';

/**
 * The report as JUnit XML, one suite for each area, valid by the schemas of both Ant and Jenkins.
 * Deviations and known failures don't fail the run, so they are skipped tests with a reason, as are
 * rules that were not verified or omitted.
 */
export const reportJunit = (report: Report): string => {
  const suites = areasOf(report).map(([area, rules], index) =>
    suite(`conformance.${area}`, index, rules, report),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, suites)}\n`;
};

const suite = (
  name: string,
  index: number,
  rules: readonly ReportedRule[],
  report: Report,
): string => {
  const count = (result: Result): number =>
    rules.filter((rule) => resultOf(rule, report) === result).length;
  const time = rules.reduce((sum, { evidence }) => sum + evidence.milliseconds, 0);
  return element(
    'testsuite',
    {
      ...{
        name,
        package: 'conformance',
        id: String(index),
        hostname: new URL(report.target.url).host,
      },
      // The schemas require it without a time zone.
      timestamp: report.startedAt.slice(0, 19),
      ...{ tests: String(rules.length), failures: String(count('failure')) },
      ...{ errors: String(count('error')), skipped: String(count('skipped')) },
      time: seconds(time),
    },
    [
      element('properties', {}, properties(report)),
      ...rules.map((rule) => testCase(name, rule, report)),
      element('system-out', {}, []),
      element('system-err', {}, []),
    ],
  );
};

const properties = (report: Report): string[] => {
  const caveat = describeCaveat(report);
  return Object.entries({
    verdict: report.verdict + (caveat && `: ${caveat}`),
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

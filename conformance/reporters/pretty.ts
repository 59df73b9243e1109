import { styleText } from 'node:util';
import type { Report, ReportedCounterexample, ReportedGap, ReportedRule } from '../report.ts';
import { abridge } from './abridge.ts';

type Paint = (style: 'green' | 'red' | 'yellow' | 'dim' | 'bold', text: string) => string;

/** The report for a person at a terminal: failures first, then what is missing, then the verdict. */
export const reportPretty = (report: Report, { color }: { readonly color: boolean }): string => {
  const paint: Paint = (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const failures = report.rules.filter(({ outcome }) => outcome === 'failed');
  const broken = report.rules.filter(({ outcome }) => outcome === 'error');
  return [
    ...areas(report.rules, paint),
    ...failures.flatMap((rule) => failure(rule, report, paint)),
    ...broken.map((rule) => `${paint('red', '!')} ${rule.id} broke down: ${rule.reason ?? ''}\n`),
    ...gaps(report.gaps, paint),
    ...summary(report, paint),
    '',
  ].join('\n');
};

const marks = {
  passed: ['green', '✓'],
  failed: ['red', '✗'],
  error: ['red', '!'],
  'not-verified': ['yellow', '?'],
  omitted: ['dim', '-'],
} as const;

/** `SHOULD` rules are told as deviations: they are decisions of this kit. */
const markOf = ({ outcome, level }: ReportedRule, paint: Paint): string => {
  if (outcome === 'failed' && level === 'SHOULD') return paint('yellow', '~');
  const [style, mark] = marks[outcome];
  return paint(style, mark);
};

const areas = (rules: readonly ReportedRule[], paint: Paint): string[] => {
  const names = [...new Set(rules.map(({ id }) => areaOf(id)))];
  return names.flatMap((name) => [
    paint('bold', name),
    ...rules
      .filter(({ id }) => areaOf(id) === name)
      .map((rule) => `  ${markOf(rule, paint)} ${rule.sentence} ${paint('dim', rule.id)}`),
    '',
  ]);
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

const failure = (
  { id, level, counterexample }: ReportedRule,
  { strict }: Report,
  paint: Paint,
): string[] => {
  if (!counterexample) return [];
  const fatal = level === 'MUST' || strict;
  const { expected, actual, requirements, exchanges } = counterexample;
  return [
    paint(fatal ? 'red' : 'yellow', `${fatal ? 'FAILED' : 'DEVIATION'} ${level} ${id}`),
    `  expected  ${expected}`,
    `  actual    ${actual}`,
    ...requirements.map((one) => `  ${one.id} ${one.statement} ${paint('dim', `[${one.source}]`)}`),
    ...generated(counterexample),
    ...exchanges
      .slice(-longestTale)
      .flatMap(({ curl, answer }) => [`  $ ${curl}`, paint('dim', `    ${answer}`)]),
    '',
  ];
};

/** The exchanges that a person reads; the JSON report has them all. */
const longestTale = 12;

const generated = ({ seed, path, values }: ReportedCounterexample): string[] =>
  seed === null
    ? []
    : [`  values    ${values ?? ''}`, `  seed      ${String(seed)}, path ${path ?? ''}`];

const titles: Readonly<Record<ReportedGap['state'], string>> = {
  error: 'Broken down',
  'not-verified': 'Not verified',
  omitted: 'Omitted, as the description of the target says',
  unobservable: 'Unobservable',
};

const gaps = (all: readonly ReportedGap[], paint: Paint): string[] =>
  all.flatMap(({ state, reason, requirements }, index) => [
    ...(all[index - 1]?.state === state ? [] : [paint('bold', titles[state])]),
    `  ${reason} (${String(requirements.length)})`,
    ...abridge(requirements).map((line) => paint('dim', `    ${line}`)),
    ...(all[index + 1]?.state === state ? [] : ['']),
  ]);

const summary = (report: Report, paint: Paint): string[] => {
  const { rules, requirements, exchanges } = report.counts;
  const tell = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${String(count)} ${name.replace('-', ' ')}`)
      .join(', ');
  const style = { conformant: 'green', 'non-conformant': 'red', incomplete: 'yellow' } as const;
  return [
    `Target        ${report.target.url}`,
    `Seed          ${String(report.seed)}`,
    `Rules         ${tell(rules)}, on ${String(exchanges)} exchanges`,
    `Requirements  ${tell(requirements)}`,
    ...(report.target.remains === null ? [] : [`Left behind   ${report.target.remains}`]),
    `Verdict       ${paint(style[report.verdict], report.verdict)}${caveat(report)}`,
  ];
};

/** What a verdict rests on, so that nobody takes it for more. */
const caveat = ({ verdict, counts: { requirements, rules } }: Report): string => {
  const open = requirements['not-verified'] + requirements.error;
  if (verdict === 'incomplete') {
    const what = requirements.verified === 0 ? 'nothing was verified' : `${String(open)} open`;
    return rules.error > 0 ? `: ${what}, ${String(rules.error)} rules broke down` : `: ${what}`;
  }
  const omitted = requirements.omitted;
  return omitted > 0 ? `, ${String(omitted)} requirements omitted` : '';
};

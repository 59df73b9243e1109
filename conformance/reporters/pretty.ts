import { styleText } from 'node:util';
import type { Report, ReportedCounterexample, ReportedGap, ReportedRule } from '../report.ts';
import { abridge } from './abridge.ts';

type Style = 'green' | 'red' | 'yellow' | 'dim' | 'bold';
type Paint = (style: Style, text: string) => string;

/**
 * The report for a person at a terminal: the areas, then what failed, then what is missing, and
 * the verdict last, where the eye ends.
 */
export const reportPretty = (report: Report, { color }: { readonly color: boolean }): string => {
  const paint: Paint = (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const failures = report.rules.filter(({ outcome }) => outcome === 'failed');
  const broken = report.rules.filter(({ outcome }) => outcome === 'error');
  return [
    ...areas(report.rules, paint),
    '',
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

/** A broken `SHOULD` is told as a deviation: it is a decision of this kit. */
const markOf = ({ outcome, level }: ReportedRule, paint: Paint): string => {
  if (outcome === 'failed' && level === 'SHOULD') return paint('yellow', '~');
  const [style, mark] = marks[outcome];
  return paint(style, mark);
};

/** A line for each area, and below it one for each of its rules that did not pass. */
const areas = (rules: readonly ReportedRule[], paint: Paint): string[] => {
  const names = [...new Set(rules.map(({ id }) => areaOf(id)))];
  const width = Math.max(0, ...names.map(({ length }) => length)) + 2;
  return names.flatMap((name) => {
    const own = rules.filter(({ id }) => areaOf(id) === name);
    const open = own.filter(({ outcome }) => outcome !== 'passed');
    const passed = String(own.length - open.length).padStart(4);
    const head = `${name.padEnd(width)}${passed} of ${String(own.length)} passed`;
    return [
      open.length === 0 ? `${paint('green', '✓')} ${head}` : `  ${paint('bold', head)}`,
      ...open.map((rule) => `    ${markOf(rule, paint)} ${rule.sentence} ${paint('dim', rule.id)}`),
    ];
  });
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
    ...requirements.map((one) => `  ${one.id} ${one.statement} ${paint('dim', `[${one.source}]`)}`),
    `  expected  ${expected}`,
    `  actual    ${actual}`,
    ...generated(counterexample),
    ...exchanges
      .slice(-longestTale)
      .flatMap(({ curl, answer }) => [`  $ ${curl}`, paint('dim', `    ${answer}`)]),
    '',
  ];
};

/** The exchanges that a person reads; the JSON report has them all. */
const longestTale = 6;

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
const caveat = ({ verdict, rules, strict, counts: { requirements } }: Report): string => {
  const failed = rules.filter(({ outcome }) => outcome === 'failed');
  const deviations = strict ? 0 : failed.filter(({ level }) => level === 'SHOULD').length;
  const open = requirements['not-verified'] + requirements.error;
  const parts = [
    verdict === 'incomplete' && requirements.verified === 0 ? ['nothing was verified'] : [],
    count(failed.length - deviations, 'rule', 'broken'),
    count(deviations, 'deviation', 'from decisions'),
    count(open, 'requirement', 'not verified'),
    count(requirements.omitted, 'requirement', 'omitted'),
  ].flat();
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
};

const count = (number: number, noun: string, rest: string): string[] =>
  number === 0 ? [] : [`${String(number)} ${noun}${number === 1 ? '' : 's'} ${rest}`];

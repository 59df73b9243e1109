import type { Report, ReportedCounterexample, ReportedFinding } from '../report/report.ts';
import { showDifference } from './difference.ts';
import { count } from './summary.ts';
import { hang, type Layout, narrow, plain, shorten, wrap } from './text.ts';

/** Findings that keep the target from being conformant, in their order. */
export const failuresIn = ({ findings, strict }: Report): readonly ReportedFinding[] =>
  findings.filter(({ level }) => strict || level === 'MUST');

/** Findings about decisions, which are legal unless the run is strict. */
export const deviationsIn = ({ findings, strict }: Report): readonly ReportedFinding[] =>
  strict ? [] : findings.filter(({ level }) => level === 'SHOULD');

/** A finding as lines: what is broken, where, the exchange that shows it, and how to repeat it. */
export const formatFinding = (
  finding: ReportedFinding,
  number: number,
  report: Report,
  layout: Layout,
): string[] => {
  const { requirements, level, title } = finding;
  const shown = report.rules.find(({ id }) => id === finding.rule)?.counterexample;
  const head = `${String(number)}  ${requirements.slice(0, mostIds).join(', ')} ${level}  `;
  const inner = narrow(layout, 3);
  return [
    ...hang(head, plain(title), layout.width).map((line, index) =>
      index === 0 ? line.replace(head, layout.paint('bold', layout.paint('red', head))) : line,
    ),
    ...[
      ...wrap(describePlace(finding, shown), inner.width).map((line) => layout.paint('dim', line)),
      ...(shown ? formatEvidence(shown, inner) : []),
      ...formatOthers(finding, inner),
    ].map((line) => `   ${line}`),
    '',
  ];
};

/** So many of its requirements are named. */
const mostIds = 3;

/** A finding in one line, for those that are not shown in full. */
export const formatBriefly = (
  { requirements, title, rule }: ReportedFinding,
  number: number,
  layout: Layout,
): string[] =>
  hang(`${String(number)}  ${requirements[0] ?? ''}  `, `${plain(title)} (${rule})`, layout.width);

const describePlace = (
  { rule, operation, requirements }: ReportedFinding,
  shown: ReportedCounterexample | null | undefined,
): string => {
  const more = requirements.length - mostIds;
  const source = shown?.requirements[0]?.source;
  return [
    rule,
    ...(operation === null ? [] : [operation]),
    ...(source === undefined ? [] : [`[${plain(source)}]`]),
    ...(more > 0 ? [`or one of ${count(more, 'other requirement')}`] : []),
  ].join(', ');
};

/** The most characters of a value. */
const longestValue = 400;

const formatEvidence = (shown: ReportedCounterexample, layout: Layout): string[] => {
  const { values, variables, repeat } = shown;
  const [expected, actual] = showDifference(shown.expected, shown.actual);
  const row = (name: string, text: string) =>
    hang(name.padEnd(10), shorten(plain(text), longestValue), layout.width);
  return [
    ...row('expected', expected),
    ...row('actual', actual),
    ...(values === null ? [] : row('values', values)),
    ...formatExchange(shown, layout),
    ...variables.flatMap(({ name, origin }, index) =>
      row(index === 0 ? 'keys' : '', `$${name} ${origin}`),
    ),
    `repeat    ${plain(repeat)}`,
  ];
};

/** The exchange that shows it; what prepared it is only counted. Commands aren't wrapped. */
const formatExchange = (
  { exchanges, earlier, shows }: ReportedCounterexample,
  { paint }: Layout,
): string[] => {
  const at = shows ?? exchanges.length - 1;
  const exchange = exchanges[at];
  if (!exchange) return [];
  const [before, after] = [earlier + at, exchanges.length - 1 - at];
  const notes = [
    ...(before > 0 ? [`${count(before, 'request')} before it`] : []),
    ...(after > 0 ? [`${String(after)} after it`] : []),
  ];
  const { received, request, curl, answer } = exchange;
  return [
    ...(notes.length > 0 ? [paint('dim', `(${notes.join(', ')}: --verbose)`)] : []),
    `→ ${plain(received ? `${request.method} ${request.url}, received` : curl)}`,
    paint('dim', `  ${plain(shorten(answer, longestValue))}`),
  ];
};

const formatOthers = ({ seenBy, blocked, perhaps }: ReportedFinding, layout: Layout): string[] => {
  const row = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : hang(what, abridge(ids), layout.width);
  return [
    ...row('seen by   ', seenBy),
    ...row('blocks    ', blocked),
    ...row('perhaps   ', perhaps),
  ].map((line) => layout.paint('dim', line));
};

/** The first ids, and how many there are. */
const abridge = (ids: readonly string[]): string => {
  const more = ids.length - mostRules;
  const named = ids.slice(0, mostRules).join(', ');
  return more > 0 ? `${named} and ${count(more, 'more rule')}` : named;
};

const mostRules = 4;

/** A deviation in a line: what the target does, the decision, and how many rules saw it. */
export const formatDeviation = (
  { title, requirements, seenBy, blocked }: ReportedFinding,
  layout: Layout,
): string[] => {
  const rules = count(1 + seenBy.length + blocked.length, 'rule');
  const end = ` · ${requirements[0] ?? ''} · ${rules}`;
  const most = Math.max(20, layout.width - 4 - end.length);
  const text = plain(title).replace(/\.$/, '');
  const short = text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
  return [`  ${layout.paint('yellow', '~')} ${short}${layout.paint('dim', end)}`];
};

import type { Report, ReportedGap, ReportedRule } from '../report/report.ts';
import { formatCounterexample } from './counterexample.ts';
import {
  abridgeIds,
  areasOf,
  count,
  describeCaveat,
  describeExpired,
  describePlaces,
  describeShortage,
  describeWaiting,
  formatCounts,
  formatDuration,
  type Kind,
  kindOf,
  rulesOf,
  uncheckedCertificate,
  verdictOf,
} from './summary.ts';
import { createLayout, hang, type Layout, narrow, plain, type Style, wrap } from './text.ts';

/**
 * The report for a terminal: failures, then what was not verified, then counts by area, and the
 * verdict last, where a reader looks first.
 */
export const reportPretty = (
  report: Report,
  { color, width = 100 }: { readonly color: boolean; readonly width?: number },
): string => {
  const layout = createLayout(color, Math.min(Math.max(width, narrowest), widest));
  return [
    ...formatFailures(report, layout),
    ...formatGaps(report, layout),
    ...formatSection('Areas', 'bold', layout, formatAreas(report, layout)),
    ...summary(report, layout),
    '',
  ].join('\n');
};

const narrowest = 72;
const widest = 120;

/** Empty without lines. */
const formatSection = (
  title: string,
  style: Style,
  { paint }: Layout,
  lines: string[],
): string[] => (lines.length === 0 ? [] : [paint('bold', paint(style, title)), ...lines, '']);

const formatFailures = (report: Report, layout: Layout): string[] => {
  const all = (name: string, style: Style, mark: string, kind: Kind) => {
    const rules = rulesOf(report, kind);
    const lines = rules.flatMap((rule, index) => [
      ...(index === 0 ? [] : ['']),
      `${layout.paint(style, `${mark} ${rule.id}`)} ${rule.level}`,
      ...formatFailure(rule, narrow(layout, 2)).map(indent(2)),
    ]);
    return formatSection(`${name} (${String(rules.length)})`, style, layout, lines);
  };
  return [
    ...all('Failures', 'red', '✗', 'failure'),
    ...all('Mended: remove these from the baseline', 'red', '✗', 'mended'),
    ...all('Errors', 'red', '!', 'error'),
    ...all('Deviations from decisions, fatal only under --strict', 'yellow', '~', 'deviation'),
    ...all('Known failures, listed in the baseline', 'yellow', '~', 'known'),
    ...all(`New since ${report.gates.asOf ?? ''}, not in the verdict`, 'yellow', '~', 'new'),
  ];
};

/** A known failure has its reason in the baseline in place of the counterexample. */
const formatFailure = (rule: ReportedRule, layout: Layout): string[] => {
  const { sentence, known, counterexample } = rule;
  const reason = known ?? rule.reason;
  return [
    ...wrap(plain(sentence), layout.width),
    ...(reason === null ? [] : wrap(plain(reason), layout.width)),
    ...(counterexample && known === null ? formatCounterexample(counterexample, layout) : []),
  ];
};

const titles: Readonly<Record<ReportedGap['state'], string>> = {
  error: 'Not verified because of errors',
  'not-verified': 'Not verified',
  omitted: 'Omitted by the user',
  unobservable: 'Unobservable',
};

const formatGaps = (report: Report, layout: Layout): string[] =>
  Object.entries(titles).flatMap(([state, title]) =>
    formatSection(
      title,
      'bold',
      layout,
      report.gaps
        .filter((gap) => gap.state === state)
        .flatMap((gap) => formatGap(gap, report, layout)),
    ),
  );

/** Requirements that an option of the run left out are only counted, not listed. */
const formatGap = (
  { state, reason, requirements }: ReportedGap,
  { omitted }: Report,
  { paint, width }: Layout,
): string[] => {
  const byOption = state === 'omitted' && !requirements.some((id) => id in omitted);
  return [
    ...wrap(`${plain(reason)} (${String(requirements.length)})`, width - 2).map(indent(2)),
    ...(byOption ? [] : abridgeIds(requirements))
      .flatMap((ids) => wrap(ids, width - 4))
      .map((line) => paint('dim', indent(4)(line))),
  ];
};

const indent =
  (columns: number) =>
  (line: string): string =>
    `${' '.repeat(columns)}${line}`;

const verdictStyles = {
  conformant: 'green',
  'non-conformant': 'red',
  incomplete: 'yellow',
} as const;

const summary = (report: Report, { paint, width }: Layout): string[] => {
  const { suite, target, seed, shard, counts, durationMs, endedEarly, baseline } = report;
  const verdict = verdictOf(report);
  const style = report.verdict === null ? 'red' : verdictStyles[report.verdict];
  const caveat = describeCaveat(report);
  const places = describePlaces(rulesOf(report, 'failure'));
  const shortage = describeShortage(report);
  const { listsWaitedForMs: waited } = target;
  const row = (name: string, text: string) => hang(name.padEnd(14), plain(text), width);
  const exchanges = count(counts.exchanges, 'exchange');
  return [
    ...row('Target', target.url || 'not opened'),
    ...(target.insecure ? row('Certificate', uncheckedCertificate) : []),
    ...row('Suite', `${suite.version}, seed ${String(seed)}${shard ? `, shard ${shard}` : ''}`),
    ...row(
      'Rules',
      `${formatCounts(counts.rules)}, on ${exchanges} in ${formatDuration(durationMs)}`,
    ),
    ...(places ? row('Failures at', places) : []),
    ...row('Requirements', formatCounts(counts.requirements)),
    ...(target.remains === null ? [] : row('Left behind', target.remains)),
    ...(waited === undefined ? [] : row('Lists', describeWaiting(waited))),
    ...(endedEarly === null ? [] : row('Ended early', endedEarly)),
    ...baseline.expired.flatMap((entry) => row('Expired', describeExpired(entry))),
    ...(shortage ? row('Verified', shortage) : []),
    ...row('Verdict', `${verdict}${caveat && `: ${caveat}`}`).map((line) =>
      line.replace(verdict, paint('bold', paint(style, verdict))),
    ),
  ];
};

/** The kinds from worst to best: the worst gives an area its mark. */
const outcomeWords: readonly (readonly [Kind, Style, string, string])[] = [
  ['failure', 'red', '✗', 'failed'],
  ['mended', 'red', '✗', 'mended'],
  ['error', 'red', '!', 'ended in an error'],
  ['deviation', 'yellow', '~', 'deviating'],
  ['known', 'yellow', '~', 'known to fail'],
  ['new', 'yellow', '~', 'failing but new'],
  ['not-verified', 'yellow', '?', 'not verified'],
  ['omitted', 'dim', '-', 'omitted'],
];

type Counts = ReadonlyMap<Kind, number>;

/**
 * A line for each area: how many of its rules passed, and how the others ended. Areas that the user
 * left out share one line.
 */
const formatAreas = (report: Report, layout: Layout): string[] => {
  const areas = areasOf(report).map(([name, rules]) => [name, countKinds(rules, report)] as const);
  const executed = areas.filter(([, counts]) => countExecuted(counts) > 0);
  const left = areas.filter(([, counts]) => countExecuted(counts) === 0).map(([name]) => name);
  const width = Math.max(omittedAreas.length, ...executed.map(([name]) => name.length));
  const digits = Math.max(0, ...executed.map(([, counts]) => String(countExecuted(counts)).length));
  return [
    ...executed.flatMap(([name, counts]) => [
      ...formatArea(name.padEnd(width), counts, digits, layout),
      ...formatBroken(name, report, width + 6, layout),
    ]),
    ...(left.length === 0
      ? []
      : hang(`  - ${omittedAreas.padEnd(width)}  `, left.join(', '), layout.width)),
  ];
};

const omittedAreas = 'omitted';

/** The number of rules without the omitted ones. */
const countExecuted = (counts: Counts): number =>
  [...counts].reduce((sum, [kind, number]) => (kind === 'omitted' ? sum : sum + number), 0);

const formatArea = (
  name: string,
  counts: Counts,
  digits: number,
  { paint, width }: Layout,
): string[] => {
  const worst = outcomeWords.find(([kind]) => counts.has(kind) && kind !== 'omitted');
  const [, style, mark] = worst ?? allPassed;
  const passed = String(counts.get('passed') ?? 0).padStart(digits);
  const all = String(countExecuted(counts)).padStart(digits);
  const others = outcomeWords.flatMap(([kind, , , word]) =>
    counts.has(kind) ? [`, ${String(counts.get(kind))} ${word}`] : [],
  );
  const text = `${passed} of ${all} passed${others.join('')}`;
  const [first = '', ...rest] = hang(`  ${mark} ${name}  `, text, width);
  return [first.replace(mark, paint(style, mark)), ...rest];
};

/** The names of the rules in an area that keep the target from being conformant. */
const formatBroken = (
  area: string,
  report: Report,
  columns: number,
  { paint, width }: Layout,
): string[] => {
  const broken = rulesOf(report, 'failure', 'mended', 'error')
    .map(({ id }) => id.split('/'))
    .flatMap(([folder, name]) => (folder === area ? (name ?? []) : []));
  if (broken.length === 0) return [];
  return hang(' '.repeat(columns), broken.join(', '), width).map((line) => paint('dim', line));
};

const allPassed = ['passed', 'green', '✓'] as const;

const countKinds = (rules: readonly ReportedRule[], report: Report): Map<Kind, number> => {
  const counts = new Map<Kind, number>();
  for (const rule of rules) {
    const kind = kindOf(rule, report);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
};

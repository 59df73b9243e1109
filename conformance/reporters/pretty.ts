import type { Report, ReportedGap, ReportedRule } from '../report/report.ts';
import { formatAreas, listAreas } from './areas.ts';
import { formatCounterexample } from './counterexample.ts';
import {
  deviationsIn,
  failuresIn,
  formatBriefly,
  formatDeviation,
  formatFinding,
} from './findings.ts';
import {
  abridgeIds,
  count,
  describeCaveat,
  describeExpired,
  describePlaces,
  describeShortage,
  describeWaiting,
  formatCounts,
  formatDuration,
  formatKinds,
  type Kind,
  rulesOf,
  uncheckedCertificate,
  verdictOf,
} from './summary.ts';
import {
  createLayout,
  hang,
  type Layout,
  narrow,
  plain,
  shorten,
  type Style,
  wrap,
} from './text.ts';

/**
 * The report for a terminal, in about a screen: the causes of failures by rank, then deviations and
 * what was not verified, each in a line, then the areas, and the verdict last, where a reader looks
 * first. With `verbose` each failed rule is shown with all its exchanges.
 */
export const reportPretty = (
  report: Report,
  { color, width = 100, verbose = false }: PrettyOptions,
): string => {
  const layout = createLayout(color, Math.min(Math.max(width, narrowest), widest));
  return [
    ...(verbose ? formatFailures(report, layout) : formatFindings(report, layout)),
    ...(verbose ? formatGaps(report, layout) : formatOpen(report, layout)),
    ...formatSection(
      'Areas',
      'bold',
      layout,
      verbose ? formatAreas(report, layout) : listAreas(report, layout),
    ),
    ...summary(report, layout),
    '',
  ].join('\n');
};

interface PrettyOptions {
  readonly color: boolean;
  readonly width?: number;
  readonly verbose?: boolean;
}

/** How many findings are shown in full, how many more in a line, and how many deviations. */
const most = { full: 3, brief: 9, deviations: 6, others: 5, gaps: 3 };

const formatFindings = (report: Report, layout: Layout): string[] => {
  const failures = failuresIn(report);
  const deviations = deviationsIn(report);
  const brief = failures.slice(most.full, most.full + most.brief);
  return [
    ...failures
      .slice(0, most.full)
      .flatMap((one, index) => formatFinding(one, index + 1, report, layout)),
    ...formatSection('Further findings', 'red', layout, [
      ...brief.flatMap((one, index) => formatBriefly(one, most.full + index + 1, layout)),
      ...moreOf(failures.length - most.full - most.brief, layout),
    ]),
    ...formatOthers(report, layout),
    ...formatSection(
      `Deviations from ${count(deviations.length, 'decision')}: legal, fatal only under --strict`,
      'yellow',
      layout,
      [
        ...deviations.slice(0, most.deviations).flatMap((one) => formatDeviation(one, layout)),
        ...moreOf(deviations.length - most.deviations, layout),
      ],
    ),
  ];
};

const moreOf = (number: number, { paint }: Layout): string[] =>
  number > 0 ? [paint('dim', `  … ${String(number)} more: --verbose, or a report in a file`)] : [];

/** What else keeps a target from being conformant, and known failures: a line each. */
const formatOthers = (report: Report, layout: Layout): string[] => {
  const list = (name: string, style: Style, mark: string, kind: Kind) => {
    const rules = rulesOf(report, kind);
    return formatSection(`${name} (${String(rules.length)})`, style, layout, [
      ...rules.slice(0, most.others).flatMap(({ id, known, reason, sentence }) => {
        const text = shorten(plain(known ?? reason ?? sentence), 300);
        const [first = '', ...rest] = hang(`  ${mark} ${id}  `, text, layout.width);
        return [first.replace(mark, layout.paint(style, mark)), ...rest];
      }),
      ...moreOf(rules.length - most.others, layout),
    ]);
  };
  return [
    ...list('Mended: remove these from the baseline', 'red', '✗', 'mended'),
    ...list('Errors', 'red', '!', 'error'),
    ...list('Known failures, listed in the baseline', 'yellow', '~', 'known'),
    ...list(newTitle(report), 'yellow', '~', 'new'),
  ];
};

/** What was not verified, by reason. */
const formatOpen = (report: Report, layout: Layout): string[] =>
  (['error', 'not-verified', 'omitted'] as const).flatMap((state) => {
    const gaps = report.gaps
      .filter((gap) => gap.state === state)
      .toSorted((one, other) => other.requirements.length - one.requirements.length);
    return formatSection(titles[state], 'bold', layout, [
      ...gaps.slice(0, most.gaps).flatMap(({ reason, requirements }) => {
        const text = `${shorten(plain(reason), 200)} (${count(requirements.length, 'requirement')})`;
        return hang('  ', text, layout.width);
      }),
      ...moreOf(gaps.length - most.gaps, layout),
    ]);
  });

const narrowest = 40;
const widest = 200;

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
    ...all(newTitle(report), 'yellow', '~', 'new'),
  ];
};

const newTitle = ({ gates }: Report): string => `New since ${gates.asOf ?? ''}, not in the verdict`;

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
  const [first] = failuresIn(report);
  const places = describePlaces(rulesOf(report, 'failure'));
  const shortage = describeShortage(report);
  const { listsWaitedForMs: waited } = target;
  const row = (name: string, text: string) => hang(name.padEnd(14), plain(text), width);
  const exchanges = count(counts.exchanges, 'exchange');
  return [
    ...row('Target', target.url || 'not opened'),
    ...(target.insecure ? row('Certificate', uncheckedCertificate) : []),
    ...row('Suite', `${suite.version}, seed ${String(seed)}${shard ? `, shard ${shard}` : ''}`),
    ...row('Rules', `${formatKinds(report)}, on ${exchanges} in ${formatDuration(durationMs)}`),
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
    ...(first ? row('Fix first', `${first.requirements[0] ?? ''} ${first.title}`) : []),
  ];
};

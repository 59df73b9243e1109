import type { Report, ReportedGap, ReportedRule } from '../report.ts';
import { abridge } from './abridge.ts';
import { tellAreas } from './areas-text.ts';
import { tellCounterexample } from './counterexample-text.ts';
import { rulesOf, type Kind } from './kinds.ts';
import { createLayout, narrow, type Layout, type Style } from './layout.ts';
import { hang, plain, wrap } from './text.ts';
import {
  count,
  describeWaiting,
  tellCaveat,
  tellCounts,
  tellDuration,
  tellPlaces,
} from './words.ts';

/**
 * The report for a person at a terminal: what is broken, then what is missing, then all of it by
 * area, and the verdict last, where the eye ends.
 */
export const reportPretty = (
  report: Report,
  { color, width = 100 }: { readonly color: boolean; readonly width?: number },
): string => {
  const layout = createLayout(color, Math.min(Math.max(width, narrowest), widest));
  return [
    ...failures(report, layout),
    ...gaps(report, layout),
    ...section('Areas', 'bold', layout, tellAreas(report, layout)),
    ...summary(report, layout),
    '',
  ].join('\n');
};

const narrowest = 72;
const widest = 120;

/** Nothing at all when there is nothing to say. */
const section = (title: string, style: Style, { paint }: Layout, lines: string[]): string[] =>
  lines.length === 0 ? [] : [paint('bold', paint(style, title)), ...lines, ''];

const failures = (report: Report, layout: Layout): string[] => {
  const all = (name: string, style: Style, mark: string, kind: Kind) => {
    const rules = rulesOf(report, kind);
    const lines = rules.flatMap((rule, index) => [
      ...(index === 0 ? [] : ['']),
      `${layout.paint(style, `${mark} ${rule.id}`)} ${rule.level}`,
      ...failure(rule, narrow(layout, 2)).map(indent(2)),
    ]);
    return section(`${name} (${String(rules.length)})`, style, layout, lines);
  };
  return [
    ...all('Failures', 'red', '✗', 'failure'),
    ...all('Mended: take these out of the baseline', 'red', '✗', 'mended'),
    ...all('Broken down', 'red', '!', 'error'),
    ...all('Deviations from decisions, fatal only under --strict', 'yellow', '~', 'deviation'),
    ...all('Known failures, as the baseline says', 'yellow', '~', 'known'),
  ];
};

/** One that was known has been told before, by whoever wrote the baseline. */
const failure = (rule: ReportedRule, layout: Layout): string[] => {
  const { sentence, known, counterexample } = rule;
  const reason = known ?? rule.reason;
  return [
    ...wrap(plain(sentence), layout.width),
    ...(reason === null ? [] : wrap(plain(reason), layout.width)),
    ...(counterexample && known === null ? tellCounterexample(counterexample, layout) : []),
  ];
};

const titles: Readonly<Record<ReportedGap['state'], string>> = {
  error: 'Requirements left open by what broke down',
  'not-verified': 'Not verified',
  omitted: 'Omitted, as the user asked',
  unobservable: 'Unobservable',
};

const gaps = (report: Report, layout: Layout): string[] =>
  Object.entries(titles).flatMap(([state, title]) =>
    section(
      title,
      'bold',
      layout,
      report.gaps
        .filter((gap) => gap.state === state)
        .flatMap((gap) => tellGap(gap, report, layout)),
    ),
  );

/** What an option of the run left out is told by its number only: the user knows what was asked. */
const tellGap = (
  { state, reason, requirements }: ReportedGap,
  { omitted }: Report,
  { paint, width }: Layout,
): string[] => {
  const asked = state === 'omitted' && !requirements.some((id) => id in omitted);
  return [
    ...wrap(`${plain(reason)} (${String(requirements.length)})`, width - 2).map(indent(2)),
    ...(asked ? [] : abridge(requirements))
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
  const { suite, target, seed, shard, counts, durationMs, verdict } = report;
  const caveat = tellCaveat(report);
  const places = tellPlaces(rulesOf(report, 'failure'));
  const { listsWaitedForMs: waited } = target;
  const row = (name: string, text: string) => hang(name.padEnd(14), plain(text), width);
  const exchanges = count(counts.exchanges, 'exchange');
  return [
    ...row('Target', target.url),
    ...row('Suite', `${suite.version}, seed ${String(seed)}${shard ? `, shard ${shard}` : ''}`),
    ...row('Rules', `${tellCounts(counts.rules)}, on ${exchanges} in ${tellDuration(durationMs)}`),
    ...(places ? row('Failures at', places) : []),
    ...row('Requirements', tellCounts(counts.requirements)),
    ...(target.remains === null ? [] : row('Left behind', target.remains)),
    ...(waited === undefined ? [] : row('Lists', describeWaiting(waited))),
    ...row('Verdict', `${verdict}${caveat && `: ${caveat}`}`).map((line) =>
      line.replace(verdict, paint('bold', paint(verdictStyles[verdict], verdict))),
    ),
  ];
};

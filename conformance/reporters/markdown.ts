import type { Report, ReportedGap, ReportedRule } from '../report.ts';
import { abridge } from './abridge.ts';
import { failureBlocks } from './markdown-failures.ts';
import { code, inline } from './markdown-text.ts';
import { areasOf, kindOf, rulesOf, type Kind } from './kinds.ts';
import { shorten } from './text.ts';
import { count, describeWaiting, tellCaveat, tellDuration, tellPlaces } from './words.ts';

/**
 * The report in Markdown, for the summary of a job: the verdict, the counts, and what is broken in
 * blocks that unfold. GitHub refuses a summary above 1 MiB as a whole, so failures that find no room
 * are told by name.
 */
export const reportMarkdown = (report: Report): string =>
  [
    `## LeadGrid conformance: ${report.verdict}`,
    lead(report),
    countsTable(report),
    ...chapter('Failures', rulesOf(report, 'failure', 'error', 'mended'), report),
    ...chapter('Deviations from decisions', rulesOf(report, 'deviation'), report),
    ...chapter('Known failures', rulesOf(report, 'known'), report),
    ...gapsChapter(report.gaps),
  ].join('\n\n') + '\n';

const lead = (report: Report): string => {
  const { target, suite, seed, shard, counts, durationMs } = report;
  const caveat = tellCaveat(report);
  const places = tellPlaces(rulesOf(report, 'failure'));
  const { listsWaitedForMs: waited } = target;
  return [
    ...(caveat ? [`${caveat.charAt(0).toUpperCase()}${caveat.slice(1)}.`] : []),
    `Target ${code(target.url)}, suite ${suite.version}, seed ${code(String(seed))}` +
      `${shard === null ? '' : `, shard ${shard}`}: ${count(counts.exchanges, 'exchange')} ` +
      `in ${tellDuration(durationMs)}.`,
    ...(places ? [`Failures show at ${places}.`] : []),
    ...(waited === undefined ? [] : [`Lists and counts ${describeWaiting(waited)}.`]),
    ...(target.remains === null ? [] : [`Left behind: ${inline(shorten(target.remains, 1_000))}.`]),
  ].join('\n\n');
};

const columns: readonly (readonly [string, readonly Kind[]])[] = [
  ['Passed', ['passed']],
  ['Failed', ['failure', 'mended']],
  ['Deviating', ['deviation']],
  ['Known', ['known']],
  ['Broken down', ['error']],
  ['Not verified', ['not-verified']],
  ['Omitted', ['omitted']],
];

/** Columns with nothing in them are left out. */
const countsTable = (report: Report): string => {
  const numberOf = (rules: readonly ReportedRule[], kinds: readonly Kind[]): number =>
    rules.filter((rule) => kinds.includes(kindOf(rule, report))).length;
  const used = columns.filter(
    ([name, kinds]) => name === 'Passed' || numberOf(report.rules, kinds) > 0,
  );
  const row = (name: string, rules: readonly ReportedRule[]) =>
    line([name, ...used.map(([, kinds]) => String(numberOf(rules, kinds) || ''))]);
  return [
    line(['Area', ...used.map(([name]) => name)]),
    line(['---', ...used.map(() => '--:')]),
    ...areasOf(report).map(([area, rules]) => row(inline(area), rules)),
    row('**All**', report.rules),
  ].join('\n');
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const chapter = (title: string, rules: readonly ReportedRule[], report: Report): string[] =>
  rules.length === 0
    ? []
    : [`### ${title} (${String(rules.length)})`, ...failureBlocks(rules, report)];

const gapTitles: Readonly<Record<ReportedGap['state'], string>> = {
  error: 'left open by what broke down',
  'not-verified': 'not verified',
  omitted: 'omitted',
  unobservable: 'unobservable',
};

const gapsChapter = (gaps: readonly ReportedGap[]): string[] => {
  if (gaps.length === 0) return [];
  const items = gaps
    .slice(0, mostGaps)
    .map(
      ({ state, reason, requirements }) =>
        `- ${count(requirements.length, 'requirement')} ${gapTitles[state]}: ` +
        `${inline(shorten(reason, longestReason))} (${abridge(requirements).join('; ')})`,
    );
  const left = gaps.length - items.length;
  const rest = left > 0 ? [`- and ${String(left)} more reasons, which a JSON report tells`] : [];
  return ['### Not verified', [...items, ...rest].join('\n')];
};

/** Reasons come from the user and from targets, and may be many and long. */
const mostGaps = 30;
const longestReason = 300;

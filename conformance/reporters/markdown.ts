import type {
  Report,
  ReportedCounterexample,
  ReportedGap,
  ReportedRule,
} from '../report/report.ts';
import { sentMeanwhile } from './counterexample.ts';
import {
  abridgeIds,
  areasOf,
  count,
  describeCaveat,
  describePlaces,
  describeWaiting,
  formatDuration,
  type Kind,
  kindOf,
  rulesOf,
} from './summary.ts';
import { plain, shorten } from './text.ts';

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
  const caveat = describeCaveat(report);
  const places = describePlaces(rulesOf(report, 'failure'));
  const { listsWaitedForMs: waited } = target;
  return [
    ...(caveat ? [`${caveat.charAt(0).toUpperCase()}${caveat.slice(1)}.`] : []),
    `Target ${code(target.url)}, suite ${suite.version}, seed ${code(String(seed))}` +
      `${shard === null ? '' : `, shard ${shard}`}: ${count(counts.exchanges, 'exchange')} ` +
      `in ${formatDuration(durationMs)}.`,
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
        `${inline(shorten(reason, longestReason))} (${abridgeIds(requirements).join('; ')})`,
    );
  const left = gaps.length - items.length;
  const rest = left > 0 ? [`- and ${String(left)} more reasons, which a JSON report tells`] : [];
  return ['### Not verified', [...items, ...rest].join('\n')];
};

/** Reasons come from the user and from targets, and may be many and long. */
const mostGaps = 30;
const longestReason = 300;

/** Bytes that one chapter of failures may fill; three of them stay below the 1 MiB of GitHub. */
const mostBytes = 280_000;

/** A block for each failure, as long as there is room, and the names of the others. */
const failureBlocks = (rules: readonly ReportedRule[], report: Report): string[] => {
  const blocks: string[] = [];
  let size = 0;
  for (const rule of rules) {
    const next = failureBlock(rule, report);
    size += Buffer.byteLength(next);
    if (size > mostBytes) break;
    blocks.push(next);
  }
  const left = rules.slice(blocks.length);
  return left.length === 0 ? blocks : [...blocks, namesOf(left)];
};

const namesOf = (rules: readonly ReportedRule[]): string => {
  const shown = rules.slice(0, mostNames).map(({ id }) => code(id));
  const rest = rules.length - shown.length;
  const others = rest > 0 ? ` and ${String(rest)} others` : '';
  return (
    `**${String(rules.length)} more found no room here**; a JSON report tells them whole: ` +
    `${shown.join(', ')}${others}.`
  );
};

const mostNames = 1_000;

const failureBlock = (rule: ReportedRule, { baseline }: Report): string => {
  const { id, level, sentence, counterexample, known } = rule;
  const mended = baseline.mended.includes(id);
  const reason = mended ? 'It passes: take it out of the baseline.' : (known ?? rule.reason);
  return [
    `<details><summary><code>${html(id)}</code> ${level}: ${html(sentence)}</summary>`,
    ...(reason === null ? [] : [inline(shorten(reason, longest))]),
    ...(counterexample ? failureText(counterexample) : []),
    '</details>',
  ].join('\n\n');
};

/** Characters of a value, a line or an answer. */
const longest = 2_000;

/** The exchanges that a person reads. */
const mostExchanges = 20;

const failureText = ({
  requirements,
  exchanges,
  variables,
  ...shown
}: ReportedCounterexample): string[] => {
  const { expected, actual, values, path, seed, repeat } = shown;
  const last = exchanges.slice(-mostExchanges);
  const all = exchanges.length + shown.earlier;
  const row = (name: string, text: string) => `- ${name}: ${code(shorten(text, longest))}`;
  return [
    requirements
      .map(({ id, statement, source }) => `> **${id}** ${inline(statement)} _(${inline(source)})_`)
      .join('\n>\n'),
    [
      row('expected', expected),
      row('actual', actual),
      ...(values === null ? [] : [row('values', values)]),
      `- seed: ${code(String(seed))}${path === null ? '' : `, path ${code(path)}`}`,
    ].join('\n'),
    ...(last.length < all ? [`The last ${String(last.length)} of ${String(all)} exchanges:`] : []),
    ...(last.length === 0 ? [] : [exchangeLines(last, variables)]),
    `It is repeated by\n\n${block([repeat], 'sh')}`,
  ];
};

const exchangeLines = (
  exchanges: ReportedCounterexample['exchanges'],
  variables: ReportedCounterexample['variables'],
): string => {
  const meanwhile = sentMeanwhile(exchanges);
  return block(
    [
      ...variables.map(({ name, origin }) => `# $${name}: ${origin}`),
      ...exchanges.flatMap(({ received, request, curl, answer }, index) => [
        ...(meanwhile[index] ? ['# sent while the one before was under way:'] : []),
        received ? `# received: ${request.method} ${request.url}` : curlBlock(curl),
        `# ${answer}`,
      ]),
    ],
    'sh',
  );
};

/** A part of a line would do something else. */
const curlBlock = (curl: string): string =>
  curl.length > 2 * longest ? `# ${shorten(curl, longest)}` : curl;

/** Text in a paragraph or a cell of a table, none of which is taken for Markdown or HTML. */
export const inline = (text: string): string =>
  plain(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&@$-]/g, (character) =>
    /[<>&]/.test(character) ? html(character) : `\\${character}`,
  );

/** Text as code, with as many backticks around it as it needs. */
export const code = (text: string): string => {
  const shown = plain(text);
  const fence = fenceFor(shown, 1);
  const pad = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** Lines as a block of code. */
export const block = (lines: readonly string[], language = ''): string => {
  const text = lines.map(plain).join('\n');
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
};

/** Text inside an HTML element. */
export const html = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const fenceFor = (text: string, least: number): string => {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return '`'.repeat(Math.max(least, ...runs));
};

import type {
  Report,
  ReportedCounterexample,
  ReportedGap,
  ReportedRule,
} from '../report/report.ts';
import { sentMeanwhile } from './counterexample.ts';
import { failuresIn } from './findings.ts';
import {
  abridgeIds,
  areasOf,
  count,
  describeCaveat,
  describeExpired,
  describePlaces,
  describeShortage,
  describeWaiting,
  uncheckedCertificate,
  formatDuration,
  type Kind,
  kindOf,
  rulesOf,
  verdictOf,
} from './summary.ts';
import { plain, shorten } from './text.ts';

/**
 * The report in Markdown, for a job summary: the verdict, the counts, and each failure in a block
 * that unfolds. GitHub refuses a summary above 1 MiB, so failures that don't fit are listed by id.
 */
export const reportMarkdown = (report: Report): string =>
  [
    `## LeadGrid conformance: ${verdictOf(report)}`,
    lead(report),
    ...findingsChapter(report),
    countsTable(report),
    ...chapter('Failures', rulesOf(report, 'failure', 'error', 'mended'), report),
    ...chapter('Deviations from decisions', rulesOf(report, 'deviation'), report),
    ...chapter('Known failures', rulesOf(report, 'known'), report),
    ...chapter(`New since ${report.gates.asOf ?? ''}`, rulesOf(report, 'new'), report),
    ...gapsChapter(report.gaps),
  ].join('\n\n') + '\n';

const lead = (report: Report): string => {
  const { target, suite, seed, shard, counts, durationMs, endedEarly, baseline } = report;
  const caveat = describeCaveat(report);
  const places = describePlaces(rulesOf(report, 'failure'));
  const shortage = describeShortage(report);
  const { listsWaitedForMs: waited } = target;
  return [
    ...(caveat ? [`${inline(caveat.charAt(0).toUpperCase() + caveat.slice(1))}.`] : []),
    ...(endedEarly === null ? [] : [inline(endedEarly)]),
    ...(shortage ? [`Verified: ${inline(shorten(shortage, 2 * longestReason))}.`] : []),
    ...baseline.expired.map((entry) => inline(shorten(describeExpired(entry), longestReason))),
    `Target ${target.url === '' ? 'not opened' : code(target.url)}, suite ${suite.version}, seed ${code(String(seed))}` +
      `${shard === null ? '' : `, shard ${shard}`}: ${count(counts.exchanges, 'exchange')} ` +
      `in ${formatDuration(durationMs)}.`,
    ...(places ? [`Failures show at ${places}.`] : []),
    ...(target.insecure ? [`The TLS certificate of the target was ${uncheckedCertificate}.`] : []),
    ...(waited === undefined ? [] : [`Lists and counts ${describeWaiting(waited)}.`]),
    ...(target.remains === null ? [] : [`Left behind: ${inline(shorten(target.remains, 1_000))}.`]),
  ].join('\n\n');
};

/** The most findings that are listed. */
const mostFindings = 10;

/** The causes of the failures, the most telling first. */
const findingsChapter = (report: Report): string[] => {
  const findings = failuresIn(report);
  if (findings.length === 0) return [];
  const items = findings.slice(0, mostFindings).map((one, index) => {
    const { requirements, title, rule, operation, seenBy, blocked, perhaps } = one;
    const others = seenBy.length + blocked.length + perhaps.length;
    const place = operation === null ? code(rule) : `${code(rule)}, ${code(operation)}`;
    const more = others === 0 ? '' : `, and ${count(others, 'other rule')}`;
    return `${String(index + 1)}. **${requirements[0] ?? ''}** ${inline(title)} (${place}${more})`;
  });
  const rest = findings.length - mostFindings;
  return [
    '### Fix first',
    [...items, ...(rest > 0 ? [`\n… and ${count(rest, 'more finding')}.`] : [])].join('\n'),
  ];
};

const columns: readonly (readonly [string, readonly Kind[]])[] = [
  ['Passed', ['passed']],
  ['Failed', ['failure', 'mended']],
  ['Deviating', ['deviation']],
  ['Known', ['known']],
  ['New', ['new']],
  ['Error', ['error']],
  ['Not verified', ['not-verified']],
  ['Omitted', ['omitted']],
];

/** The counts by area; empty columns are left out. */
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
  error: 'not verified because of errors',
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
  const rest = left > 0 ? [`- and ${String(left)} more reasons; see a JSON report`] : [];
  return ['### Not verified', [...items, ...rest].join('\n')];
};

/** Reasons come from the user and from targets, and may be many and long. */
const mostGaps = 30;
const longestReason = 300;

/** The most bytes of a chapter of failures: three of them stay below the 1 MiB of GitHub. */
const mostBytes = 280_000;

/** A block for each failure that fits, and the ids of the others. */
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
    `**${String(rules.length)} more don't fit here**; a JSON report has them all: ` +
    `${shown.join(', ')}${others}.`
  );
};

const mostNames = 1_000;

const failureBlock = (rule: ReportedRule, { baseline }: Report): string => {
  const { id, level, sentence, counterexample, known } = rule;
  const mended = baseline.mended.includes(id);
  const reason = mended ? 'It passes: remove it from the baseline.' : (known ?? rule.reason);
  return [
    `<details><summary><code>${html(id)}</code> ${level}: ${html(sentence)}</summary>`,
    ...(reason === null ? [] : [inline(shorten(reason, longest))]),
    ...(counterexample ? failureText(counterexample) : []),
    '</details>',
  ].join('\n\n');
};

/** The most characters of a value, a command or a response. */
const longest = 2_000;

/** The most exchanges that are shown. */
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
    `To repeat it:\n\n${block([repeat], 'sh')}`,
  ];
};

const exchangeLines = (
  exchanges: ReportedCounterexample['exchanges'],
  variables: ReportedCounterexample['variables'],
): string => {
  const concurrent = sentMeanwhile(exchanges);
  return block(
    [
      ...variables.map(({ name, origin }) => `# $${name}: ${origin}`),
      ...exchanges.flatMap(({ received, request, curl, answer }, index) => [
        ...(concurrent[index] ? ['# sent before the previous response arrived:'] : []),
        received ? `# received: ${request.method} ${request.url}` : curlBlock(curl),
        `# ${answer}`,
      ]),
    ],
    'sh',
  );
};

/** A command that is cut would do something else, so it becomes a comment. */
const curlBlock = (curl: string): string =>
  curl.length > 2 * longest ? `# ${shorten(curl, longest)}` : curl;

/** Text for a paragraph or a table cell, with Markdown and HTML escaped. */
export const inline = (text: string): string =>
  plain(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&@$-]/g, (character) =>
    /[<>&]/.test(character) ? html(character) : `\\${character}`,
  );

/** Text as inline code, with as many backticks around it as it needs. */
export const code = (text: string): string => {
  const shown = plain(text);
  const fence = fenceFor(shown, 1);
  const pad = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** Lines as a code block. */
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

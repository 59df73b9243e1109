import type { Report, ReportedCounterexample, ReportedRule } from '../report.ts';
import { block, code, html, inline } from './markdown-text.ts';
import { sentMeanwhile } from './overlap.ts';
import { shorten } from './text.ts';

/** Bytes that one chapter of failures may fill; three of them stay below the 1 MiB of GitHub. */
const room = 280_000;

/** A block for each failure, as long as there is room, and the names of the others. */
export const failureBlocks = (rules: readonly ReportedRule[], report: Report): string[] => {
  const blocks: string[] = [];
  let size = 0;
  for (const rule of rules) {
    const next = failureBlock(rule, report);
    size += Buffer.byteLength(next);
    if (size > room) break;
    blocks.push(next);
  }
  const left = rules.slice(blocks.length);
  return left.length === 0 ? blocks : [...blocks, namesOf(left)];
};

const namesOf = (rules: readonly ReportedRule[]): string => {
  const told = rules.slice(0, mostNames).map(({ id }) => code(id));
  const rest = rules.length - told.length;
  const others = rest > 0 ? ` and ${String(rest)} others` : '';
  return (
    `**${String(rules.length)} more found no room here**; a JSON report tells them whole: ` +
    `${told.join(', ')}${others}.`
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
    ...(counterexample ? tell(counterexample) : []),
    '</details>',
  ].join('\n\n');
};

/** Characters of a value, a line or an answer. */
const longest = 2_000;

/** The exchanges that a person reads. */
const longestTale = 20;

const tell = ({
  requirements,
  exchanges,
  variables,
  ...told
}: ReportedCounterexample): string[] => {
  const { expected, actual, values, path, seed, repeat } = told;
  const last = exchanges.slice(-longestTale);
  const all = exchanges.length + told.earlier;
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
    ...(last.length === 0 ? [] : [tellExchanges(last, variables)]),
    `It is repeated by\n\n${block([repeat], 'sh')}`,
  ];
};

const tellExchanges = (
  exchanges: ReportedCounterexample['exchanges'],
  variables: ReportedCounterexample['variables'],
): string => {
  const meanwhile = sentMeanwhile(exchanges);
  return block(
    [
      ...variables.map(({ name, origin }) => `# $${name}: ${origin}`),
      ...exchanges.flatMap(({ received, request, curl, answer }, index) => [
        ...(meanwhile[index] ? ['# sent while the one before was under way:'] : []),
        received ? `# received: ${request.method} ${request.url}` : tellCurl(curl),
        `# ${answer}`,
      ]),
    ],
    'sh',
  );
};

/** A part of a line would do something else. */
const tellCurl = (curl: string): string =>
  curl.length > 2 * longest ? `# ${shorten(curl, longest)}` : curl;

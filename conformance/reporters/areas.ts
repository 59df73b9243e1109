import type { Report, ReportedRule } from '../report/report.ts';
import { areasOf, type Kind, kindOf, rulesOf } from './summary.ts';
import { hang, type Layout, type Style } from './text.ts';

/** The areas in a few lines: how many rules passed, of how many where some did not. */
export const listAreas = (report: Report, { paint, width }: Layout): string[] => {
  const items = areasOf(report).flatMap(([name, rules]) => {
    const counts = countKinds(rules, report);
    const executed = countExecuted(counts);
    if (executed === 0) return [];
    const worst = outcomeWords.find(([kind]) => counts.has(kind) && kind !== 'omitted');
    const [, style, mark] = worst ?? allPassed;
    const passed = counts.get('passed') ?? 0;
    const all = passed === executed ? '' : `/${String(executed)}`;
    return { style, mark, text: `${mark} ${name} ${String(passed)}${all}` };
  });
  const lines: string[] = [];
  let [line, columns] = ['', 0];
  for (const { style, mark, text } of items) {
    const painted = text.replace(mark, paint(style, mark));
    if (columns > 0 && columns + 2 + text.length > width - 2) {
      lines.push(line);
      [line, columns] = ['', 0];
    }
    line += `  ${painted}`;
    columns += 2 + text.length;
  }
  return columns > 0 ? [...lines, line] : lines;
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
export const formatAreas = (report: Report, layout: Layout): string[] => {
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

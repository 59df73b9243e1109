import type { Report, ReportedRule } from '../report.ts';
import { areasOf, kindOf, rulesOf, type Kind } from './kinds.ts';
import type { Layout, Style } from './layout.ts';
import { hang } from './text.ts';

/** The worst first: an area is told by it. */
const tellings: readonly (readonly [Kind, Style, string, string])[] = [
  ['failure', 'red', '✗', 'failed'],
  ['mended', 'red', '✗', 'mended'],
  ['error', 'red', '!', 'broken down'],
  ['deviation', 'yellow', '~', 'deviating'],
  ['known', 'yellow', '~', 'known to fail'],
  ['not-verified', 'yellow', '?', 'not verified'],
  ['omitted', 'dim', '-', 'omitted'],
];

type Counts = ReadonlyMap<Kind, number>;

/**
 * A line for each area: how many of its rules passed, and what became of the others. Areas that the
 * user left out share one.
 */
export const tellAreas = (report: Report, layout: Layout): string[] => {
  const areas = areasOf(report).map(([name, rules]) => [name, countKinds(rules, report)] as const);
  const judged = areas.filter(([, counts]) => judgedOf(counts) > 0);
  const left = areas.filter(([, counts]) => judgedOf(counts) === 0).map(([name]) => name);
  const width = Math.max(omitted.length, ...judged.map(([name]) => name.length));
  const digits = Math.max(0, ...judged.map(([, counts]) => String(judgedOf(counts)).length));
  return [
    ...judged.flatMap(([name, counts]) => [
      ...tellArea(name.padEnd(width), counts, digits, layout),
      ...tellBroken(name, report, width + 6, layout),
    ]),
    ...(left.length === 0
      ? []
      : hang(`  - ${omitted.padEnd(width)}  `, left.join(', '), layout.width)),
  ];
};

const omitted = 'omitted';

/** What was omitted is nothing that could have passed. */
const judgedOf = (counts: Counts): number =>
  [...counts].reduce((sum, [kind, number]) => (kind === 'omitted' ? sum : sum + number), 0);

const tellArea = (
  name: string,
  counts: Counts,
  digits: number,
  { paint, width }: Layout,
): string[] => {
  const worst = tellings.find(([kind]) => counts.has(kind) && kind !== 'omitted');
  const [, style, mark] = worst ?? fine;
  const passed = String(counts.get('passed') ?? 0).padStart(digits);
  const all = String(judgedOf(counts)).padStart(digits);
  const others = tellings.flatMap(([kind, , , word]) =>
    counts.has(kind) ? [`, ${String(counts.get(kind))} ${word}`] : [],
  );
  const text = `${passed} of ${all} passed${others.join('')}`;
  const [first = '', ...rest] = hang(`  ${mark} ${name}  `, text, width);
  return [first.replace(mark, paint(style, mark)), ...rest];
};

/** What keeps the target from being conformant, by name, so that it need not be searched for. */
const tellBroken = (
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

const fine = ['passed', 'green', '✓'] as const;

const countKinds = (rules: readonly ReportedRule[], report: Report): Map<Kind, number> => {
  const counts = new Map<Kind, number>();
  for (const rule of rules) {
    const kind = kindOf(rule, report);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
};

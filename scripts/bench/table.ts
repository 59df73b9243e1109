import type { Sample } from './measure.ts';

/** The samples of one case. */
export interface Row {
  readonly part: string;
  readonly what: string;
  /** The row of the same part that the cost is compared with. */
  readonly comparedWith?: string;
  readonly samples: readonly Sample[];
  /** The unit of the samples, if they aren't requests a second. */
  readonly unit?: string;
}

/** The conditions of the measurement. */
export interface Conditions {
  readonly command: string;
  readonly date: string;
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly load: number;
  readonly rounds: number;
  readonly dossiers: number;
  readonly pinned: boolean;
}

/** The median; of an even number of values the mean of the middle two. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [high = NaN, low = NaN] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
};

const round = (number: number): string =>
  number >= 100 ? Math.round(number).toLocaleString('en') : String(Number(number.toPrecision(2)));

/** The median with the minimum and the maximum. */
const spread = (numbers: readonly number[]): string =>
  numbers.length === 0
    ? '–'
    : `${round(median(numbers))} (${round(Math.min(...numbers))}–${round(Math.max(...numbers))})`;

const times = ({ samples }: Row): number[] => samples.flatMap(({ time }) => time ?? []);
const rates = ({ samples }: Row): number[] => samples.map(({ perSecond }) => perSecond);

/**
 * The cost relative to the compared row, round by round: by CPU time, which depends less on the
 * machine's load than the number of requests.
 */
const ratio = (row: Row, rows: readonly Row[]): string => {
  const other = rows.find(({ part, what }) => part === row.part && what === row.comparedWith);
  if (!other || other === row) return '';
  const costs = (one: Row): number[] =>
    times(one).length > 0
      ? times(one)
      : rates(one).map((rate) => (one.unit === undefined ? 1 / rate : rate));
  const base = costs(other);
  const ratios = costs(row).map((cost, index) => cost / (base[index] ?? NaN));
  return `${spread(ratios)} × ${other.what}`;
};

/** The table as Markdown, with the conditions above it. */
export const formatTable = (rows: readonly Row[], conditions: Conditions): string => {
  const { command, date, node, processor, cores, load, rounds, dossiers, pinned } = conditions;
  const cells = rows.map((row) => [
    ...[row.part, row.what],
    row.unit === undefined ? spread(rates(row)) : `${spread(rates(row))} ${row.unit}`,
    spread(times(row)),
    ratio(row, rows),
  ]);
  const head = ['part', 'what', 'requests a second', 'µs of the core a request', 'cost'];
  const lines = [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`);
  const where = pinned
    ? 'The server has one core for itself, and who asks it another; the suite may use all.'
    : 'Server and client share the cores: this machine has one only, or is no Linux.';
  return [
    `Measured by \`${command}\` on ${date}: Node ${node}, ${cores} × ${processor}, load ${load.toFixed(1)}`,
    `at the start; ${dossiers.toLocaleString('en')} dossiers in the big organisation.`,
    `Medians of ${rounds} interleaved rounds, with the least and the most. ${where}`,
    '',
    ...lines,
    '',
  ].join('\n');
};

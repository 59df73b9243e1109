import type { Report, ReportedRule } from '../report.ts';

/** So many of something, with its plural. */
export const count = (number: number, noun: string, rest = ''): string =>
  `${String(number)} ${noun}${number === 1 ? '' : 's'}${rest && ` ${rest}`}`;

/** The counts above zero: `12 passed, 1 not verified`. */
export const tellCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${String(number)} ${name.replace('-', ' ')}`)
    .join(', ') || 'none';

/** `1 min 12 s`, or in milliseconds when it was short. */
export const tellDuration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
};

/** What a verdict rests on, so that nobody takes it for more; empty when nothing limits it. */
export const tellCaveat = (report: Report): string => {
  const { verdict, rules, strict, baseline, counts } = report;
  const { requirements } = counts;
  const failed = rules.filter(({ outcome }) => outcome === 'failed');
  const known = failed.filter((rule) => rule.known !== null).length;
  const should = failed.filter((rule) => rule.level === 'SHOULD' && rule.known === null).length;
  const deviations = strict ? 0 : should;
  const open = requirements['not-verified'] + requirements.error;
  return [
    verdict === 'incomplete' && requirements.verified === 0 ? ['nothing was verified'] : [],
    above(failed.length - known - deviations, 'rule', 'broken'),
    above(baseline.mended.length, 'rule', 'of the baseline mended'),
    above(deviations, 'deviation', 'from decisions'),
    above(known, 'failure', 'known'),
    above(open, 'requirement', 'not verified'),
    above(requirements.omitted, 'requirement', 'omitted'),
  ]
    .flat()
    .join(', ');
};

/** What was done about lists and counts that trail behind; what is said of them. */
export const describeWaiting = (milliseconds: number): string =>
  `trail behind writes (LG-GEN-053): they were read ${String(milliseconds)} ms after the last one`;

/**
 * Where failures show, by the operation that was last called: many of them at one place are often
 * one defect. Empty for fewer than two.
 */
export const tellPlaces = (failures: readonly ReportedRule[]): string => {
  if (failures.length < 2) return '';
  const places = new Map<string, number>();
  for (const { counterexample } of failures) {
    const last = counterexample?.exchanges.at(-1);
    if (!last) continue;
    const place = last.operation ?? (last.received ? 'deliveries' : 'unknown operations');
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return [...places]
    .sort(([, one], [, other]) => other - one)
    .map(([place, number]) => `${place} (${String(number)})`)
    .join(', ');
};

const above = (number: number, noun: string, rest: string): string[] =>
  number === 0 ? [] : [count(number, noun, rest)];

import type { Report, ReportedRule } from '../report/report.ts';

/** A number with its noun in singular or plural: `2 rules broken`. */
export const count = (number: number, noun: string, rest = ''): string =>
  `${String(number)} ${noun}${number === 1 ? '' : 's'}${rest && ` ${rest}`}`;

/** The counts above zero: `12 passed, 1 not verified`. */
export const formatCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${String(number)} ${name.replace('-', ' ')}`)
    .join(', ') || 'none';

/** For example `1 min 12 s`, `12 s` or `120 ms`. */
export const formatDuration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
};

/** The verdict in words. */
export const verdictOf = ({ verdict }: Report): string => verdict ?? 'no verdict';

/**
 * What limits the verdict: failures, deviations and what was not verified, or the breakdown that left
 * none; empty for nothing.
 */
export const describeCaveat = (report: Report): string => {
  const { verdict, breakdown, baseline, counts, gates } = report;
  if (breakdown !== null) return breakdown.message.replace(/\.$/, '');
  if (isIdle(report)) return 'this shard has no rule to run';
  const { requirements } = counts;
  const countOf = (kind: Kind): number => rulesOf(report, kind).length;
  const isRule = (id: string): boolean => id.includes('/');
  const rules = baseline.mended.filter(isRule).length;
  const mended = baseline.mended.filter((id) => !isRule(id));
  return [
    verdict === 'incomplete' && requirements.verified === 0 ? ['nothing was verified'] : [],
    above(countOf('failure'), 'rule', 'broken'),
    above(rules, 'rule', 'of the baseline mended'),
    above(mended.length, 'requirement', `of the baseline mended (${mended.join(', ')})`),
    above(countOf('deviation'), 'deviation', 'from decisions'),
    above(countOf('known'), 'failure', 'known'),
    above(countOf('new'), 'failure', newSince(report)),
    above(countUnreached(report), 'rule', 'not reached'),
    above(countOpen(report), 'requirement', 'not verified'),
    above(requirements.omitted, 'requirement', 'omitted'),
    describeShare(report),
    gates.failOn === 'none' && verdict !== 'conformant' ? ['exit code 0 (--fail-on none)'] : [],
  ]
    .flat()
    .join(', ');
};

/** Whether it broke down, and no rule shows the error already. */
export const hasOwnBreakdown = ({ breakdown, rules }: Report): boolean =>
  breakdown !== null && rules.every(({ outcome }) => outcome !== 'error');
/** What is newer than the version of `--as-of`, as the end of a sentence. */
export const newSince = ({ gates }: Report): string => `new since ${gates.asOf ?? ''}`;

/** How many requirements of those that count were neither verified nor failed nor omitted. */
const countOpen = ({ counts, gaps, newer }: Report): number => {
  const left = gaps
    .filter(({ state }) => state === 'not-verified' || state === 'error')
    .flatMap(({ requirements }) => requirements)
    .filter((id) => newer.requirements.includes(id));
  return counts.requirements['not-verified'] + counts.requirements.error - left.length;
};

/** What share was verified, where one is asked for. */
const describeShare = ({ gates, verification, shard }: Report): string[] => {
  const { verified, inScope, missing } = verification;
  if (gates.minVerified === null || shard !== null) return [];
  const wanted = `${missing > 0 ? 'below ' : ''}--min-verified ${String(gates.minVerified)}%`;
  return [`${formatShare(verified, inScope)} verified (${wanted})`];
};

/** Rounded down, so that no share looks as if it was reached. */
const formatShare = (part: number, whole: number): string =>
  `${String(whole === 0 ? 0 : Math.floor((part * 1_000) / whole) / 10)}%`;

/**
 * How far a run is from the share of `--min-verified`, and what would raise it; empty where it is
 * reached.
 */
export const describeShortage = (report: Report): string => {
  const { verified, inScope, missing } = report.verification;
  if (missing === 0 || report.breakdown !== null) return '';
  const open = report.gaps
    .filter(({ state }) => state === 'not-verified' || state === 'error')
    .map(({ reason, requirements }) => [reason.replace(/\.$/, ''), requirements.length] as const)
    .toSorted(([, one], [, other]) => other - one);
  const { failed } = report.counts.requirements;
  const causes = [...open, ...(failed > 0 ? [['What failed', failed] as const] : [])];
  const shown = causes.slice(0, mostCauses).map(([what, number]) => `${what} (${String(number)})`);
  const rest = causes.length > mostCauses ? [`${String(causes.length - mostCauses)} more`] : [];
  return (
    `${String(verified)} of ${String(inScope)} requirements in scope, ` +
    `${formatShare(verified, inScope)}: ${String(missing)} fewer than --min-verified asks for. ` +
    `What would raise it: ${[...shown, ...rest].join('; ')}`
  );
};

const mostCauses = 3;

/** The line about an entry of the baseline that counts no more. */
export const describeExpired = ({
  id,
  reason,
  until,
}: Report['baseline']['expired'][number]): string =>
  `The baseline's entry for ${id} expired on ${until}, so its failures count again: ${reason}`;

/** Whether it is of a shard that had nothing to do. */
const isIdle = ({ shard, rules }: Report): boolean =>
  shard !== null && rules.every(({ outcome }) => outcome === 'omitted');

/** How many rules a run that ended early did not reach, or did not finish. */
const countUnreached = ({ endedEarly, rules }: Report): number =>
  endedEarly === null
    ? 0
    : rules.filter(({ outcome, reason }) => outcome === 'not-verified' && reason === endedEarly)
        .length;

/** The end of a sentence or row about the TLS certificate of a target. */
export const uncheckedCertificate = 'not checked (--insecure)';

/** The end of a sentence or row about lists and counts that lag behind writes. */
export const describeWaiting = (milliseconds: number): string =>
  `lag behind writes (LG-GEN-053): they were read ${String(milliseconds)} ms after the last one`;

/**
 * How many failures each operation has, by the last exchange: many at one operation often have one
 * cause. Empty for fewer than two failures.
 */
export const describePlaces = (failures: readonly ReportedRule[]): string => {
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

/** What a rule counts as in the verdict. */
export type Kind =
  | ('failure' | 'mended' | 'error' | 'deviation' | 'known' | 'new')
  | ('not-verified' | 'omitted' | 'passed');

/**
 * A failed MUST is a failure; a failed SHOULD is one when the run is strict, otherwise a deviation.
 * A failure in the baseline is `known`; a rule that passes but is in the baseline is `mended`. What
 * failed or ended in an error is `new` where it is newer than the version of `--as-of`.
 */
export const kindOf = (rule: ReportedRule, { strict, baseline, newer }: Report): Kind => {
  const isNew = newer.rules.includes(rule.id);
  switch (rule.outcome) {
    case 'failed':
      if (rule.known !== null) return 'known';
      if (isNew) return 'new';
      return strict || rule.level === 'MUST' ? 'failure' : 'deviation';
    case 'passed':
      return baseline.mended.includes(rule.id) ? 'mended' : 'passed';
    case 'error':
      return isNew ? 'new' : 'error';
    case 'not-verified':
    case 'omitted':
      return rule.outcome;
  }
};

/** What went wrong in a rule, in one sentence; empty for one that passed. */
export const describeRule = (rule: ReportedRule, report: Report): string => {
  const { counterexample, known, reason } = rule;
  const found = `expected ${counterexample?.expected ?? ''}, but got ${counterexample?.actual ?? ''}`;
  switch (kindOf(rule, report)) {
    case 'failure':
      return found;
    case 'deviation':
      return `A deviation from a decision, no failure unless --fail-on should: ${found}`;
    case 'known':
      return `A known failure: ${known ?? ''}`;
    case 'new':
      return `${newSince(report)}, not in the verdict: ${counterexample ? found : (reason ?? '')}`;
    case 'mended':
      return 'It passes, but the baseline lists it as a known failure. Remove it there.';
    case 'passed':
    case 'error':
    case 'not-verified':
    case 'omitted':
      return reason ?? '';
  }
};

/** The rules of these kinds. */
export const rulesOf = (report: Report, ...kinds: readonly Kind[]): readonly ReportedRule[] =>
  report.rules.filter((rule) => kinds.includes(kindOf(rule, report)));

const kindWords: readonly (readonly [Kind, string])[] = [
  ['passed', 'passed'],
  ['failure', 'failed'],
  ['deviation', 'deviating'],
  ['mended', 'mended'],
  ['known', 'known to fail'],
  ['new', 'failing but new'],
  ['error', 'ended in an error'],
  ['not-verified', 'not verified'],
  ['omitted', 'omitted'],
];

/** How many rules ended how: `593 passed, 40 deviating`. */
export const formatKinds = (report: Report): string =>
  kindWords
    .map(([kind, word]) => ({ number: rulesOf(report, kind).length, word }))
    .filter(({ number }) => number > 0)
    .map(({ number, word }) => `${String(number)} ${word}`)
    .join(', ') || 'none';

/** The areas with their rules, in rule order. */
export const areasOf = (report: Report): [string, readonly ReportedRule[]][] => {
  const names = [...new Set(report.rules.map(({ id }) => areaOf(id)))];
  return names.map((name) => [name, report.rules.filter(({ id }) => areaOf(id) === name)]);
};

/** The group of a rule, by its id. */
export const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** Ids by area, one line for each, with consecutive numbers as ranges: `LG-CON-001…012`. */
export const abridgeIds = (ids: readonly string[]): string[] => {
  const byArea = new Map<string, number[]>();
  for (const id of ids) {
    const cut = id.lastIndexOf('-') + 1;
    const numbers = byArea.get(id.slice(0, cut)) ?? [];
    byArea.set(id.slice(0, cut), [...numbers, Number(id.slice(cut))]);
  }
  return [...byArea].map(([area, numbers]) => area + idRunsOf(numbers).map(formatRun).join(', '));
};

const idRunsOf = (numbers: readonly number[]): [number, number][] => {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
};

const formatRun = ([first, last]: readonly [number, number]): string =>
  first === last ? pad(first) : `${pad(first)}…${pad(last)}`;

const pad = (number: number): string => String(number).padStart(3, '0');

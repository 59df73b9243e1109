import type { CheckRule, Rule } from '../context/rule.ts';

/** A measured rule, as in `rules/order.json`. */
interface Measured {
  readonly id: string;
  readonly requests: readonly [fixed: number, perCase: number];
}

/**
 * The requests that a rule was measured to send, about.
 *
 * @param runs - generated cases for each property
 */
const requestsOf = ({ requests: [fixed, perCase] }: Measured, runs: number): number =>
  fixed + perCase * runs;

/** How much of the order a run executes. */
export interface Extent {
  /** Generated cases for each property. */
  readonly runs: number;
  /** Requests at most; without it, every rule is executed. */
  readonly requests?: number;
}

/** What a rule sends varies with the seed: a part is left for that. */
const spare = 0.02;

/**
 * The ids of the first rules of the order that together send no more requests than that, without those
 * that don't fit any more; undefined for every rule. Rules without a measurement are in none but that.
 */
export const firstRules = (
  order: readonly Measured[],
  { runs, requests }: Extent,
): ReadonlySet<string> | undefined => {
  if (requests === undefined) return undefined;
  const ids = new Set<string>();
  const most = requests * (1 - spare);
  let sent = 0;
  for (const rule of order) {
    const more = requestsOf(rule, runs);
    if (sent + more > most) continue;
    sent += more;
    ids.add(rule.id);
  }
  return ids;
};

/**
 * The check rules in the order in which they are executed; those that it doesn't name come last.
 *
 * @param order - ids, the telling ones first
 * @param sideBySide - whether rules that mostly wait hold up no others: then they begin with the
 *   first ones, so that none ends late
 */
export const inOrder = (
  rules: readonly Rule[],
  order: readonly string[],
  sideBySide: boolean,
): CheckRule[] => {
  const ranks = new Map(order.map((id, rank) => [id, rank]));
  const rankOf = ({ id, waits }: CheckRule): number => {
    const rank = ranks.get(id) ?? order.length;
    return waits && sideBySide ? Math.min(rank, headStart) : rank;
  };
  return rules
    .filter((rule): rule is CheckRule => rule.kind === 'check')
    .sort((one, other) => rankOf(one) - rankOf(other));
};

/** Before the rules that mostly wait, so many of the most telling ones begin. */
const headStart = 30.5;

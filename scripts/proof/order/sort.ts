import type { RuleCost } from '../../../conformance/rules/order.ts';
import type { CostLine, OrderRecord } from './record.ts';

/**
 * Basic operations, a few requests each: what they find broken breaks most of the rest, and their
 * counterexamples are short.
 */
export const basics: readonly string[] = [
  'flows/nested-stages',
  'contacts/retrieved-fields',
  'dossiers/round-trip',
  'notes/fields',
  'webhooks/creation',
];

/** The requests of a rule in a run with one case for each property. */
export const requestsOfOneCase = ({ requests: [fixed, perCase] }: Pick<CostLine, 'requests'>) =>
  fixed + perCase;

/**
 * The order of the rules: the basic ones, then always the one with the most new catches for its
 * requests, then the rest as they are listed.
 *
 * @param rules - ids of all check rules, in the order of the index
 */
export const sortRules = (rules: readonly string[], record: OrderRecord): RuleCost[] => {
  const caughtBy = new Map<string, Set<string>>();
  for (const { fault, failed } of record.catches.values()) {
    for (const id of failed) caughtBy.set(id, (caughtBy.get(id) ?? new Set()).add(fault));
  }
  const left = new Set(rules);
  const known = new Set<string>();
  const sorted: RuleCost[] = [];
  const newCatches = (id: string): number =>
    [...(caughtBy.get(id) ?? [])].filter((fault) => !known.has(fault)).length;
  const take = (id: string): void => {
    if (!left.delete(id)) return;
    const cost = costOf(id, record);
    // Costly rules were executed only at servers that nothing else caught.
    const breadth = Math.max(caughtBy.get(id)?.size ?? 0, Math.ceil(requestsOfOneCase(cost) / 3));
    sorted.push({ ...cost, catches: [newCatches(id), breadth] });
    for (const fault of caughtBy.get(id) ?? []) known.add(fault);
  };
  for (const id of basics) take(id);
  for (;;) {
    const best = findBest([...left], newCatches, record);
    if (best === undefined) break;
    take(best);
  }
  for (const id of [...left]) take(id);
  return sorted;
};

/** Undefined when none catches anything new. */
const findBest = (
  ids: readonly string[],
  newCatches: (id: string) => number,
  record: OrderRecord,
): string | undefined => {
  let [best, value]: [string | undefined, number] = [undefined, 0];
  for (const id of ids) {
    const requests = requestsOfOneCase(costOf(id, record));
    const waits = (record.costs.get(id)?.milliseconds ?? 0) - requests * longestAnswer;
    // One more, so that a rule of one request isn't worth twice one of two.
    const worth = newCatches(id) / (requests + 1 + Math.max(0, waits) / waitForRequest);
    if (worth > value) [best, value] = [id, worth];
  }
  return best;
};

/** Milliseconds for a request; a rule that took longer was waiting. */
const longestAnswer = 10;
/** Waiting so many milliseconds is worth a request: other rules go on meanwhile. */
const waitForRequest = 150;

/** A rule without a measurement is taken for a large one. */
const costOf = (id: string, { costs }: OrderRecord): Omit<RuleCost, 'catches'> => {
  const { requests = unmeasured, organizations = [1, 0] as const } = costs.get(id) ?? {};
  return { id, requests, organizations };
};

const unmeasured = [40, 0] as const;

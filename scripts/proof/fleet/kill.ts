import type { Counterexample, Outcome } from '../../../conformance/outcome.ts';
import type { Exchange } from '../../../conformance/world/exchange.ts';
import type { Requirement } from '../../../openapi/register.ts';

/** How a rule saw a fault, for its own reason. */
export interface Kill {
  readonly rule: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a judge of kills knows beside the outcomes. */
export interface Knowledge {
  /** The ids of all operations. */
  readonly operations: ReadonlySet<string>;
  /** The ids of the rules that make servers fail inside, or are about servers that do. */
  readonly provoking: ReadonlySet<string>;
  /** The ids of the rules that an honest server failed: they kill nothing. */
  readonly unfit: ReadonlySet<string>;
}

/**
 * The first outcome that kills a server for breaking this requirement: a fit rule that verifies it,
 * a MUST, failed by what it judged of something that the requirement concerns, and no crash is among
 * what it saw. What fails beside that is collateral, and counts for nothing.
 */
export const findKill = (
  requirement: Requirement,
  outcomes: readonly Outcome[],
  { operations, provoking, unfit }: Knowledge,
): Kill | undefined => {
  for (const { id: rule, counterexample, level, verifies, outcome } of outcomes) {
    if (outcome !== 'failed' || !counterexample) continue;
    if (level !== 'MUST' || !verifies.includes(requirement.id) || unfit.has(rule)) continue;
    if (!concerns(requirement, counterexample, operations)) continue;
    if (!provoking.has(rule) && counterexample.exchanges.some(isCrash)) continue;
    return { rule, expected: counterexample.expected, actual: counterexample.actual };
  }
  return undefined;
};

/** Whether what was judged is something that the requirement is about. */
const concerns = (
  { concerns: about }: Requirement,
  counterexample: Counterexample,
  operations: ReadonlySet<string>,
): boolean => {
  const missing = counterexample.judged?.missing;
  if (missing !== undefined) return about.some((one) => one === missing || one === 'events');
  if (about.includes('all')) return true;
  const aboutEvents = about.some((one) => !operations.has(one));
  return witnessesOf(counterexample).some(({ operation, received }) =>
    received ? aboutEvents : about.some((one) => one === operation),
  );
};

/**
 * The exchanges in which the fault must have shown. What a write did shows in its answer, and in what
 * is read or delivered after it; what a reading does shows in its own answer alone. So these are the
 * exchange that was judged, which is the last one unless the rule knows better, and the latest write
 * before it, or those that were under way at the same moment. All that was done earlier is
 * preparation.
 */
const witnessesOf = ({ exchanges, judged }: Counterexample): readonly Exchange[] => {
  const last = judged?.exchange ?? exchanges.at(-1);
  if (!last || (judged?.exchange && isWrite(last))) return last ? [last] : [];
  const told = exchanges.slice(0, exchanges.lastIndexOf(last) + 1);
  const write = told.findLast(isWrite);
  return [last, ...told.filter((one) => write && isWrite(one) && overlap(one, write))];
};

/** Whether one was still under way when the other began. */
const overlap = (one: Exchange, other: Exchange): boolean =>
  one === other || one.startedAt + one.milliseconds > other.startedAt;

const isWrite = ({ request, received }: Exchange): boolean => !received && request.method !== 'GET';

/**
 * Whether the server broke down. Rules that ask it to fail inside, or look for that, are exempt as a whole: the answer
 * that they planned can't be told from others by its looks, as some faults spoil just that one. What
 * fails in the server unplanned it complains of, and that ends the hunt.
 */
const isCrash = ({ response, received }: Exchange): boolean => !received && response.status >= 500;

import type { Entry, Status } from './ledger.ts';

/** How the mutants of an area ended. */
export interface Score {
  readonly mutants: number;
  /** Found by a rule that failed. */
  readonly killed: number;
  /** Found since the server didn't start, died, or could be judged by nobody; not among the killed. */
  readonly dead: number;
  /** Found since nothing came to an end any more. */
  readonly timedOut: number;
  /** No rule failed. */
  readonly survived: number;
  /** No rule even came by. */
  readonly withoutCoverage: number;
  /** No rule failed, and some couldn't go on: the suite calls that broken down, not conformant. */
  readonly brokenDown: number;
  /** Of those that weren't found: how many no client could see, each for a reason that is told. */
  readonly explained: number;
  readonly unexplained: number;
  readonly notJudged: number;
  /** Of the survivors: how many were judged by a part of the rules that meet them. */
  readonly inPart: number;
  /** Percent of all mutants that were found. */
  readonly found: number;
  /** Percent of those that a client could see. */
  readonly foundOfVisible: number;
}

/** Names of what isn't a rule, yet found a mutant, begin so. */
const ownTests = 'server/';

/** @param explained - how many of these mutants are explained */
export const score = (
  entries: readonly Pick<Entry, 'status' | 'killedBy' | 'inPart'>[],
  explained: number,
): Score => {
  const count = (status: Status): number =>
    entries.filter((entry) => entry.status === status).length;
  const dead = entries.filter(({ killedBy = [] }) =>
    killedBy.some((id) => id.startsWith(ownTests)),
  ).length;
  const [mutants, notJudged] = [entries.length, count('Pending')];
  const [survived, withoutCoverage] = [count('Survived'), count('NoCoverage')];
  const [timedOut, brokenDown] = [count('Timeout'), count('RuntimeError')];
  const found = count('Killed') + timedOut;
  const judged = mutants - notJudged;
  return {
    ...{ mutants, killed: count('Killed') - dead, dead, timedOut },
    ...{ survived, withoutCoverage, brokenDown, explained },
    unexplained: survived + withoutCoverage + brokenDown - explained,
    notJudged,
    inPart: entries.filter(({ inPart }) => inPart).length,
    found: percent(found, judged),
    foundOfVisible: percent(found, judged - explained),
  };
};

/** To one decimal, and never rounded up to the whole. */
const percent = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.floor((part / whole) * 1_000) / 10;

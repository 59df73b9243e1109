import { rules } from '../../../conformance/rules/index.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import { type Catch, type CatchOptions, rulesForRequirement, tryToCatch } from './catch.ts';
import type { FaultyServer } from './faulty-server.ts';
import type { FaultyServerHarness } from './start.ts';

/** How one faulty server fared. */
export interface FaultyServerResult {
  readonly fault: string;
  readonly breaks: RequirementId;
  readonly does: string;
  /** One for each seed; null where it got away. */
  readonly catches: readonly (Catch | null)[];
  /** Of the first hunt: how many requests it took, and how long. */
  readonly requests: number;
  readonly milliseconds: number;
  /** What else it breaks; undefined where nobody looked. */
  readonly breadth?: WideResult;
}

export interface FaultyServersResult {
  /** The states of the repository that it was measured at. */
  readonly commits: readonly string[];
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
  /** The rules that an honest server failed: they killed nothing. */
  readonly unfit: readonly UnfitRule[];
  readonly faults: readonly FaultyServerResult[];
}

/** Hunts a faulty server with each of the seeds, and looks at what else it breaks if asked to. */
export const testFaultyServer = async (
  fault: FaultyServer,
  seeds: readonly number[],
  wide: boolean,
  options: Omit<CatchOptions, 'seed'>,
): Promise<FaultyServerResult> => {
  const { id, breaks, does } = fault;
  const hunts = [];
  for (const seed of seeds) hunts.push(await tryToCatch(fault, { ...options, seed }));
  const [first] = hunts;
  const sampling = { seed: seeds[0] ?? 1, runs: options.runs };
  return {
    ...{ fault: id, breaks, does },
    catches: hunts.map(({ caught }) => caught ?? null),
    requests: first?.requests ?? 0,
    milliseconds: Math.round(first?.milliseconds ?? 0),
    ...(wide && { breadth: await judgeWidely(fault, options.harness, sampling) }),
  };
};

/** A server counts as killed when no seed let it get away. */
export const isCaught = ({ catches }: Pick<FaultyServerResult, 'catches'>): boolean =>
  catches.length > 0 && catches.every((caught) => caught !== null);

/** What a record has of servers that were caught with these seeds, as far as they are the same still. */
export const keepCaught = (
  found: FaultyServersResult,
  faults: readonly FaultyServer[],
  { seeds, runs }: Pick<FaultyServersResult, 'seeds' | 'runs'>,
): FaultyServersResult => {
  const isSame = JSON.stringify([found.seeds, found.runs]) === JSON.stringify([seeds, runs]);
  const same = new Set(faults.map(({ id, breaks, does }) => `${id} ${breaks} ${does}`));
  const kept = found.faults.filter(
    (one) => isCaught(one) && same.has(`${one.fault} ${one.breaks} ${one.does}`),
  );
  return isSame ? { ...found, faults: kept } : { ...found, commits: [], unfit: [], faults: [] };
};

/** Both, in the order of these faults. */
export const mergeResults = (
  earlier: FaultyServersResult,
  fresh: FaultyServersResult,
  faults: readonly FaultyServer[],
): FaultyServersResult => {
  const results = new Map([...earlier.faults, ...fresh.faults].map((one) => [one.fault, one]));
  return {
    ...fresh,
    commits: [...new Set([...earlier.commits, ...fresh.commits])],
    unfit: [...earlier.unfit, ...fresh.unfit],
    faults: faults.flatMap(({ id }) => results.get(id) ?? []),
  };
};

/** A rule that says of an honest server what it should say of faulty ones alone. */
interface UnfitRule {
  readonly rule: string;
  readonly seed: number;
  /** What it said. */
  readonly reason: string;
}

/** How honest servers are judged: exactly as the faulty ones are. */
export interface FitnessOptions {
  readonly harness: FaultyServerHarness;
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
}

/**
 * Judges an honest server with each of the seeds by all the rules that may kill these faults. What
 * fails or breaks down there would do so at faulty servers too, and for no fault of theirs.
 */
export const findUnfitRules = async (
  faults: readonly Pick<FaultyServer, 'breaks'>[],
  { harness, seeds, runs }: FitnessOptions,
): Promise<UnfitRule[]> => {
  const rules = [...new Set(faults.flatMap(({ breaks }) => rulesForRequirement(breaks)))];
  const unfit: UnfitRule[] = [];
  for (const seed of seeds) {
    const { outcomes } = await harness.judge(undefined, { rules, seed, runs });
    for (const { id: rule, outcome, reason = '', counterexample } of outcomes) {
      if (outcome !== 'failed' && outcome !== 'error') continue;
      const seen = counterexample && `${counterexample.expected} | ${counterexample.actual}`;
      unfit.push({ rule, seed, reason: seen ?? reason });
    }
  }
  return unfit;
};

/** A look at all that a fault breaks. */
interface WideResult {
  /** How many rules were judged. */
  readonly judged: number;
  /** Those that failed, a MUST or a SHOULD. */
  readonly failed: readonly string[];
}

/**
 * Judges a faulty server by all rules of the areas that its fault concerns, to the end: how narrow a
 * fault is shows in how few of them fail.
 */
const judgeWidely = async (
  fault: FaultyServer,
  harness: FaultyServerHarness,
  sampling: { readonly seed: number; readonly runs: number },
): Promise<WideResult> => {
  const areas = new Set(rulesForRequirement(fault.breaks).map(({ id }) => areaOf(id)));
  areas.add(areaOf(fault.id));
  const judged = rules.filter(({ id }) => areas.has(areaOf(id)));
  const { outcomes } = await harness.judge(fault, { rules: judged, ...sampling });
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  return { judged: judged.length, failed };
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

import { rules } from '../../../conformance/rules/index.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import { type Catch, type CatchOptions, rulesForRequirement, tryToCatch } from './catch.ts';
import type { FaultyServer } from './faulty-server.ts';
import type { FaultyServerHarness } from './start.ts';

/** The result for one faulty server. */
export interface FaultyServerResult {
  readonly fault: string;
  readonly breaks: RequirementId;
  readonly does: string;
  /** One for each seed; null where it was not caught. */
  readonly catches: readonly (Catch | null)[];
  /** Of the first seed. */
  readonly requests: number;
  readonly milliseconds: number;
  /** How many other rules fail; undefined if not measured. */
  readonly breadth?: Breadth;
}

export interface FaultyServersResult {
  /** The commits at which it was measured. */
  readonly commits: readonly string[];
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
  /** The rules that the unmodified server didn't pass: they catch nothing. */
  readonly unfit: readonly UnfitRule[];
  readonly faults: readonly FaultyServerResult[];
}

/** Tries to catch a faulty server with each seed. With `wide`, all rules of its areas run too. */
export const testFaultyServer = async (
  fault: FaultyServer,
  seeds: readonly number[],
  wide: boolean,
  options: Omit<CatchOptions, 'seed'>,
): Promise<FaultyServerResult> => {
  const { id, breaks, does } = fault;
  const attempts = [];
  for (const seed of seeds) attempts.push(await tryToCatch(fault, { ...options, seed }));
  const [first] = attempts;
  const sampling = { seed: seeds[0] ?? 1, runs: options.runs };
  return {
    ...{ fault: id, breaks, does },
    catches: attempts.map(({ caught }) => caught ?? null),
    requests: first?.requests ?? 0,
    milliseconds: Math.round(first?.milliseconds ?? 0),
    ...(wide && { breadth: await measureBreadth(fault, options.harness, sampling) }),
  };
};

/** Whether a faulty server was caught with every seed. */
export const isCaught = ({ catches }: Pick<FaultyServerResult, 'catches'>): boolean =>
  catches.length > 0 && catches.every((caught) => caught !== null);

/** The earlier result without servers that were not caught or have changed since. */
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

/** Both results, in the order of these faults. */
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

/** A rule that fails or breaks down on the unmodified server. */
interface UnfitRule {
  readonly rule: string;
  readonly seed: number;
  readonly reason: string;
}

/** How the unmodified server is tested: exactly like the faulty ones. */
export interface FitnessOptions {
  readonly harness: FaultyServerHarness;
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
}

/**
 * Runs all rules that can catch these faults against the unmodified server, with each seed. A rule that
 * fails or breaks down there would do so on faulty servers too, for another reason.
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
      const difference = counterexample && `${counterexample.expected} | ${counterexample.actual}`;
      unfit.push({ rule, seed, reason: difference ?? reason });
    }
  }
  return unfit;
};

/** The rules that a fault fails, of all rules of its areas. */
interface Breadth {
  /** How many rules ran. */
  readonly judged: number;
  /** Those that failed, a MUST or a SHOULD. */
  readonly failed: readonly string[];
}

/**
 * Runs all rules of the areas that a fault concerns: the fewer fail, the narrower is the fault.
 */
const measureBreadth = async (
  fault: FaultyServer,
  harness: FaultyServerHarness,
  sampling: { readonly seed: number; readonly runs: number },
): Promise<Breadth> => {
  const areas = new Set(rulesForRequirement(fault.breaks).map(({ id }) => areaOf(id)));
  areas.add(areaOf(fault.id));
  const judged = rules.filter(({ id }) => areas.has(areaOf(id)));
  const { outcomes } = await harness.judge(fault, { rules: judged, ...sampling });
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  return { judged: judged.length, failed };
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

import type { RequirementId } from '../../../openapi/register.ts';
import type { Fault } from './fault.ts';
import type { Unfit } from './fitness.ts';
import { hunt, type HuntOptions } from './hunt.ts';
import type { Kill } from './kill.ts';
import { surveyFault, type Survey } from './survey.ts';

/** How one faulty server fared. */
export interface FaultResult {
  readonly fault: string;
  readonly breaks: RequirementId;
  readonly does: string;
  /** One for each seed; null where it got away. */
  readonly kills: readonly (Kill | null)[];
  /** Of the first hunt: how many requests it took, and how long. */
  readonly requests: number;
  readonly milliseconds: number;
  /** What else it breaks; undefined where nobody looked. */
  readonly survey?: Survey;
}

export interface FleetResult {
  /** The states of the repository that it was measured at. */
  readonly commits: readonly string[];
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
  /** The rules that an honest server failed: they killed nothing. */
  readonly unfit: readonly Unfit[];
  readonly faults: readonly FaultResult[];
}

/** Hunts a faulty server with each of the seeds, and looks at what else it breaks if asked to. */
export const proveFault = async (
  fault: Fault,
  seeds: readonly number[],
  wide: boolean,
  options: Omit<HuntOptions, 'seed'>,
): Promise<FaultResult> => {
  const { id, breaks, does } = fault;
  const hunts = [];
  for (const seed of seeds) hunts.push(await hunt(fault, { ...options, seed }));
  const [first] = hunts;
  const sampling = { seed: seeds[0] ?? 1, runs: options.runs };
  return {
    ...{ fault: id, breaks, does },
    kills: hunts.map(({ kill }) => kill ?? null),
    requests: first?.requests ?? 0,
    milliseconds: Math.round(first?.milliseconds ?? 0),
    ...(wide && { survey: await surveyFault(fault, options.bench, sampling) }),
  };
};

/** A server counts as killed when no seed let it get away. */
export const isKilled = ({ kills }: Pick<FaultResult, 'kills'>): boolean =>
  kills.length > 0 && kills.every((kill) => kill !== null);

/** What a record has of servers that were caught with these seeds, as far as they are the same still. */
export const keepCaught = (
  found: FleetResult,
  faults: readonly Fault[],
  { seeds, runs }: Pick<FleetResult, 'seeds' | 'runs'>,
): FleetResult => {
  const isSame = JSON.stringify([found.seeds, found.runs]) === JSON.stringify([seeds, runs]);
  const same = new Set(faults.map(({ id, breaks, does }) => `${id} ${breaks} ${does}`));
  const kept = found.faults.filter(
    (one) => isKilled(one) && same.has(`${one.fault} ${one.breaks} ${one.does}`),
  );
  return isSame ? { ...found, faults: kept } : { ...found, commits: [], unfit: [], faults: [] };
};

/** Both, in the order of these faults. */
export const mergeFleets = (
  earlier: FleetResult,
  fresh: FleetResult,
  faults: readonly Fault[],
): FleetResult => {
  const results = new Map([...earlier.faults, ...fresh.faults].map((one) => [one.fault, one]));
  return {
    ...fresh,
    commits: [...new Set([...earlier.commits, ...fresh.commits])],
    unfit: [...earlier.unfit, ...fresh.unfit],
    faults: faults.flatMap(({ id }) => results.get(id) ?? []),
  };
};

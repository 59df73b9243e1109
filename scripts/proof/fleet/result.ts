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

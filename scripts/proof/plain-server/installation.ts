import type { RequirementId } from '../../../openapi/generated/requirement-ids.ts';
import type { Freedoms } from './freedoms.ts';
import { createIds, type Ids } from './ids.ts';
import type { Key, Organization } from './records.ts';

/** What an installation is given of the world outside. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly bytes: (count: number) => Uint8Array;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** One running server: its freedoms, its clock, and all that it has been told. */
export interface Installation extends Pick<Surroundings, 'sleep' | 'random'> {
  readonly freedoms: Freedoms;
  /** Which alternative of a decision is taken; 0 is the decision itself. */
  readonly choice: (decision: RequirementId) => number;
  /** Whether this alternative of a decision is taken. */
  readonly takes: (decision: RequirementId, alternative: number) => boolean;
  /** What time it is by the server's clock. */
  readonly now: () => number;
  /** What time it is for everybody else, for what passes while people wait. */
  readonly realNow: () => number;
  readonly moveClock: (milliseconds: number) => void;
  readonly ids: Ids;
  /** The next of all numbers, for orders. */
  readonly next: () => number;
  readonly organizations: Map<string, Organization>;
  readonly keys: Map<string, Key>;
  readonly reset: () => void;
}

/** How far the clock is off where it differs from the client's (LG-GEN-010). */
const anHour = 3_600_000;

export const createInstallation = (
  freedoms: Freedoms,
  { now: realNow, newUuid, bytes, random, sleep }: Surroundings,
): Installation => {
  const choice = (decision: RequirementId): number => freedoms.alternatives?.[decision] ?? 0;
  const initial = freedoms.clockShift ?? (choice('LG-GEN-010') === 1 ? anHour : 0);
  let shift = initial;
  let count = 0;
  const now = (): number => realNow() + shift;
  const upperCase = choice('LG-GEN-046') === 1;
  const form = freedoms.ids ?? (choice('LG-GEN-045') === 1 ? 'prefixed' : 'uuid');
  const organizations = new Map<string, Organization>();
  const keys = new Map<string, Key>();
  return {
    ...{ freedoms, choice, now, realNow, random, sleep, organizations, keys },
    takes: (decision, alternative) => choice(decision) === alternative,
    moveClock: (milliseconds) => {
      shift += milliseconds;
    },
    ids: createIds({ form, upperCase, now, newUuid, bytes }),
    next: () => (count += 1),
    reset: () => {
      organizations.clear();
      keys.clear();
      shift = initial;
    },
  };
};

import type { Requirement, RequirementId } from '../../openapi/register.ts';
import { compareVersions, newestVersion } from '../../openapi/versions.ts';
import type { Outcome } from '../runner/outcome.ts';

/** What says how old a rule is. */
interface Aged {
  readonly verifies: readonly RequirementId[];
  /** Where the rule states it. */
  readonly since?: string | undefined;
}

/**
 * Finds the version in which a rule first existed: the one that it states, or that of the newest
 * requirement that it verifies.
 */
export const createSinceFinder = (register: readonly Requirement[]): ((rule: Aged) => string) => {
  const versions = new Map(register.map(({ id, since }) => [id, since]));
  return ({ since, verifies }) =>
    since ?? newestVersion(verifies.flatMap((id) => versions.get(id) ?? [])) ?? unknownVersion;
};

/** Of a rule whose requirements are all unknown: older than any. */
const unknownVersion = '0.0.0';

const isAllOf = (ids: readonly RequirementId[], some: ReadonlySet<RequirementId>): boolean =>
  ids.length > 0 && ids.every((id) => some.has(id));

/** What is newer than the version of `--as-of`. */
export interface Newer {
  readonly requirement: (requirement: Pick<Requirement, 'since'>) => boolean;
  /** A rule that is newer, or a failure that only accuses newer requirements. */
  readonly outcome: (outcome: Outcome) => boolean;
}

/**
 * @param asOf - null when everything counts
 * @param accusedBy - the requirements that a failure is about
 */
export const createNewer = (
  asOf: string | null,
  register: readonly Requirement[],
  accusedBy: (outcome: Outcome) => readonly RequirementId[],
): Newer => {
  if (asOf === null) return { requirement: () => false, outcome: () => false };
  const isNewer = (version: string): boolean => compareVersions(version, asOf) > 0;
  const sinceOf = createSinceFinder(register);
  const newer = new Set(register.filter(({ since }) => isNewer(since)).map(({ id }) => id));
  return {
    requirement: ({ since }) => isNewer(since),
    outcome: (outcome) =>
      isNewer(sinceOf(outcome)) ||
      (outcome.outcome === 'failed' && isAllOf(accusedBy(outcome), newer)),
  };
};

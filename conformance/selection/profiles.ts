import { usualRuns } from '../world/property.ts';

/** How much a run does, when it isn't told in detail. */
export interface Profile {
  /** Generated cases for each property; `--runs` goes before it. */
  readonly runs: number;
}

/**
 * While one works, for each change, and for each night. All of them judge every rule: leaving the
 * long ones out would save a sixth of the time of a quick look and a fifth of what it verifies.
 */
export const profiles = {
  smoke: { runs: 2 },
  standard: { runs: usualRuns },
  thorough: { runs: 200 },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

import { compareVersions, isVersion } from '../../openapi/versions.ts';
import { usageError } from '../errors.ts';

/** Which failures end a run with 1: of a MUST, of a SHOULD too, or none. */
export type FailOn = 'must' | 'should' | 'none';

/** What the verdict and the exit code of a run rest on. */
export interface Gates {
  readonly failOn: FailOn;
  /** Only what existed in this version of the suite counts; null for everything. */
  readonly asOf: string | null;
  /** The share of the requirements in scope that must be verified, in percent; null for all. */
  readonly minVerified: number | null;
}

/** Those that somebody has set. */
export type GateChoice = { readonly [Name in keyof Gates]?: Gates[Name] | undefined };

/** What the command line or a file says about them. */
export interface GateTexts {
  readonly failOn?: FailOn | undefined;
  readonly asOf?: string | undefined;
  readonly minVerified?: string | undefined;
}

export const usualGates: Gates = { failOn: 'must', asOf: null, minVerified: null };

/** The gates of a run: each as the first choice has it that has it at all. */
export const combineGates = (...choices: readonly GateChoice[]): Gates => ({
  failOn: choices.find((one) => one.failOn !== undefined)?.failOn ?? usualGates.failOn,
  asOf: choices.find((one) => one.asOf !== undefined)?.asOf ?? null,
  minVerified: choices.find((one) => one.minVerified !== undefined)?.minVerified ?? null,
});

/**
 * Reads the gates that somebody has set.
 *
 * @param nameOf - how messages call a gate, such as `--as-of`
 * @param own - the version of this suite
 * @throws Breakdown for a version that this suite doesn't know, and for what is no share
 */
export const readGates = (
  { failOn, asOf, minVerified }: GateTexts,
  nameOf: (gate: keyof GateTexts) => string,
  own: string,
): GateChoice => ({
  failOn,
  asOf: asOf === undefined ? undefined : readAsOf(asOf, nameOf('asOf'), own),
  minVerified:
    minVerified === undefined ? undefined : readShare(minVerified, nameOf('minVerified')),
});

const readAsOf = (text: string, name: string, own: string): string => {
  if (!/^[\d.]+$/.test(text) || !isVersion(text)) {
    throw usageError(
      `${name} ${text} is no version. Give one such as ${own}, or its first parts, such as 0.2.`,
    );
  }
  if (compareVersions(text, own) <= 0) return text;
  throw usageError(
    `${name} ${text} is newer than this suite, which has version ${own}: it doesn't know what is ` +
      'new since then. Give an older version, or update the suite.',
  );
};

const readShare = (text: string, name: string): number => {
  const [, number] = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text) ?? [];
  if (number !== undefined && Number(number) <= 100) return Number(number);
  throw usageError(`${name} ${text} is no share. Give a percentage from 0% to 100%, such as 95%.`);
};

/** How many of the requirements in scope were verified. */
export interface Verification {
  readonly verified: number;
  /** Neither omitted nor unobservable. */
  readonly inScope: number;
  /** How many more must be verified, by `--min-verified`. */
  readonly missing: number;
}

/** How many requirements a share of them is, rounded up. */
export const countOfShare = (percent: number, inScope: number): number =>
  // In thousandths of a percent: a share has three decimals at most, and a float would be rounded.
  Math.ceil((Math.round(percent * 1_000) * inScope) / 100_000);

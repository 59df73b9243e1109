import { instantOf } from './instant.ts';
import { Nonconformity } from './nonconformity.ts';

/** The seconds by which readings of one clock may differ. */
const tolerance = 60;

/** By our clock: when the target read its own, at the earliest and at the latest. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A moment that the target gave, and when it must have read its clock for it. */
export interface Reading extends Span {
  /** What shows it. */
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly moment: number;
}

/** A timestamp as a reading; undefined where it isn't shown. How it is written is for other rules. */
export const readingOf = (what: string, timestamp: unknown, span: Span): Reading | undefined => {
  const moment = typeof timestamp === 'string' ? instantOf(timestamp) : NaN;
  return Number.isNaN(moment) ? undefined : { what, moment, ...span };
};

/** When an exchange took place. */
export const spanOf = ({
  startedAt,
  milliseconds,
}: {
  readonly startedAt: number;
  readonly milliseconds: number;
}): Span => ({ from: startedAt, to: startedAt + milliseconds });

/**
 * All of them were read from one clock, wherever its hands are: there is a distance from our clock
 * that suits each of them to the minute. Moments are told to the second.
 */
export const expectOneClock = (shown: readonly (Reading | undefined)[]): void => {
  const readings = shown.filter((one) => one !== undefined);
  const [first, ...rest] = readings;
  if (!first) return;
  let [ahead, behind] = [first, first];
  for (const one of rest) {
    if (least(one) > least(ahead)) ahead = one;
    if (most(one) < most(behind)) behind = one;
  }
  if (least(ahead) - most(behind) <= tolerance * 1000) return;
  const seconds = Math.round((least(ahead) - most(behind)) / 1000);
  const moments = [behind, ahead].map(
    ({ what, moment }) => `${new Date(moment).toISOString()} (${what})`,
  );
  throw new Nonconformity(
    `the same clock, to ${String(tolerance)} seconds, for ${behind.what} and ${ahead.what}`,
    `${moments.join(' and ')}, at least ${String(seconds)} seconds apart`,
  );
};

/** How far the target's clock is ahead of ours, at least and at most, by this reading. */
const least = ({ moment, to }: Reading): number => moment - to;
const most = ({ moment, from }: Reading): number => moment + 1000 - from;

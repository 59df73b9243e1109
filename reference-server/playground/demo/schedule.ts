import { type Clock, createClock } from '../../runtime/services.ts';
import type { SeededRandom } from './random.ts';

/** The schedule of the events that create the demo data. */
export interface EventSchedule {
  /** The start of the current day in UTC, in milliseconds since 1970; all events are earlier. */
  readonly today: number;
  /** Shows the time of the current event. */
  readonly clock: Clock;
  /** Starts a new series of events. */
  readonly startSeries: () => EventSeries;
  /** Runs all events in the order of their times. */
  readonly run: () => void;
}

/** Adds an event to a series, at least some minutes after the previous one. */
export type EventSeries = (daysAgo: number, event: () => void) => void;

const minute = 60_000;
export const day = 24 * 60 * minute;

/** @param now - in milliseconds since 1970; the last events are on the day before, in UTC */
export const createSchedule = (now: number, random: SeededRandom): EventSchedule => {
  const today = Math.floor(now / day) * day;
  const entries: { readonly at: number; readonly event: () => void }[] = [];
  let current = 0;
  return {
    today,
    clock: createClock(() => current),
    startSeries: () => {
      let earliest = 0;
      return (daysAgo, event) => {
        const at = workingTime(today - Math.max(1, daysAgo) * day, random);
        earliest = Math.max(earliest + 7 * minute, at);
        entries.push({ at: earliest, event });
      };
    },
    run: () => {
      for (const { at, event } of entries.sort((a, b) => a.at - b.at)) {
        current = at;
        event();
      }
    },
  };
};

/** A time in office hours on that day, or on the Friday before a weekend. */
const workingTime = (time: number, random: SeededRandom): number => {
  const morning = Math.floor(time / day) * day;
  const daysAfterFriday = (new Date(morning).getUTCDay() + 2) % 7;
  const shift = daysAfterFriday < 3 ? daysAfterFriday : 0;
  return (
    morning - shift * day + random.integer(7 * 60, 16 * 60) * minute + random.integer(0, 59_999)
  );
};

import { type Clock, createClock } from '../../runtime/services.ts';
import type { SeededRandom } from './random.ts';

/** What happens in the story of the demo data, and when. */
export interface Agenda {
  /** The first moment that isn't part of the story, in milliseconds since 1970. */
  readonly today: number;
  /** Tells the moment of what is happening. */
  readonly clock: Clock;
  /** Begins a new thread of events. */
  readonly thread: () => Thread;
  /** Lets everything happen in the order of its time. */
  readonly run: () => void;
}

/** Adds an event to others that it comes after, by some minutes at least. */
export type Thread = (daysAgo: number, event: () => void) => void;

const minute = 60_000;
export const day = 24 * 60 * minute;

/** @param now - in milliseconds since 1970; the story ends with the day before, in UTC */
export const createAgenda = (now: number, chance: SeededRandom): Agenda => {
  const today = Math.floor(now / day) * day;
  const entries: { readonly at: number; readonly event: () => void }[] = [];
  let moment = 0;
  return {
    today,
    clock: createClock(() => moment),
    thread: () => {
      let earliest = 0;
      return (daysAgo, event) => {
        const at = workingMoment(today - Math.max(1, daysAgo) * day, chance);
        earliest = Math.max(earliest + 7 * minute, at);
        entries.push({ at: earliest, event });
      };
    },
    run: () => {
      for (const { at, event } of entries.sort((a, b) => a.at - b.at)) {
        moment = at;
        event();
      }
    },
  };
};

/** A moment in office hours of that day, or of the Friday before a weekend. */
const workingMoment = (time: number, chance: SeededRandom): number => {
  const morning = Math.floor(time / day) * day;
  const daysAfterFriday = (new Date(morning).getUTCDay() + 2) % 7;
  const shift = daysAfterFriday < 3 ? daysAfterFriday : 0;
  return (
    morning - shift * day + chance.integer(7 * 60, 16 * 60) * minute + chance.integer(0, 59_999)
  );
};

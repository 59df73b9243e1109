import type { Exchange } from './exchange.ts';
import { expectThat } from './expectations.ts';

/** How long a rule waits at most for a limit to end, in seconds. */
const longestWait = 120;

/** So that no clock tick decides, in seconds. */
const margin = 0.25;

/**
 * The seconds after which the time in Retry-After is over for certain. A date is read against the
 * server's own clock, which its Date header tells to the second.
 */
export const secondsToWait = ({ response }: Exchange): number => {
  const value = response.headers['retry-after'];
  expectThat(value !== undefined, 'a Retry-After header', () => 'none');
  const text = value ?? '';
  const right = /^\d+$/.test(text) || !Number.isNaN(Date.parse(text));
  expectThat(right, 'seconds or a date as Retry-After', () => `"${text}"`);
  const seconds = /^\d+$/.test(text) ? Number(text) : secondsUntil(text, response.headers['date']);
  if (seconds > longestWait) {
    throw new Error(`The target asks to wait ${String(seconds)} seconds, too long for a run.`);
  }
  // 0 may be told where less than a second is left (LG-LIM-004).
  return Math.max(1, seconds) + margin;
};

const secondsUntil = (date: string, now: string | undefined): number => {
  if (now === undefined) throw new Error('The target tells no Date to read Retry-After against.');
  return (Date.parse(date) - Date.parse(now)) / 1000 + 1;
};

import { brokenDown } from '../breakdown.ts';
import type { Fetch, Surroundings } from './fetch.ts';

/** How long the suite waits at most, in seconds, when a target asks it to come back later. */
const longestWait = 120;
const attempts = 5;

/**
 * Wraps fetch so that a rate limit that no rule asked for is waited out, as Retry-After says,
 * instead of being taken for a defect.
 *
 * @throws Breakdown when that would take too long: it is no fault of what the rule is about
 */
export const withPatience =
  (fetch: Fetch, { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>): Fetch =>
  async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.body === null ? request : request.clone());
      const wait = response.status === 429 ? secondsToWait(response.headers, now()) : undefined;
      if (wait === undefined) return response;
      if (wait > longestWait || attempt === attempts) {
        throw brokenDown(
          `${request.method} ${request.url} was refused with 429, to be tried again in ` +
            `${String(Math.ceil(wait))} seconds. Give the organisation a higher rate limit.`,
        );
      }
      await sleep(wait * 1000, 'the rate limit');
    }
  };

/**
 * Retry-After as seconds, whether it is given in seconds or as a date, which is read against the
 * server's own clock where the answer tells it; undefined without one.
 */
const secondsToWait = (headers: Headers, now: number): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const told = Date.parse(headers.get('date') ?? '');
  // Dates are told to the second, so one more makes sure.
  const seconds = (Date.parse(value) - (Number.isNaN(told) ? now : told)) / 1000 + 1;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
};

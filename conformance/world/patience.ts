import { brokenDown } from '../breakdown.ts';
import type { Fetch, Surroundings } from './fetch.ts';

/** How long the suite waits at most, in seconds, when a target asks it to come back later. */
const longestWait = 120;
/** Where several want what is left, one may come too late some times: so much is borne of that. */
const enough = { attempts: 5, seconds: 15 };

/**
 * Wraps fetch so that a rate limit that no rule asked for is waited out, as Retry-After says,
 * instead of being taken for a defect.
 *
 * @throws Breakdown when that would take too long: it is no fault of what the rule is about
 */
export const withPatience =
  (fetch: Fetch, { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>): Fetch =>
  async (request) => {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.body === null ? request : request.clone());
      const wait = response.status === 429 ? secondsToWait(response.headers, now()) : undefined;
      if (wait === undefined) return response;
      const isEnough = attempt >= enough.attempts && waited >= enough.seconds;
      if (wait > longestWait || isEnough) {
        throw brokenDown(
          `${request.method} ${request.url} was refused with 429, to be tried again in ` +
            `${String(Math.ceil(wait))} seconds. Give the organisation a higher rate limit.`,
        );
      }
      await sleep(wait * 1000, 'the rate limit');
      waited += wait;
    }
  };

/**
 * Retry-After as seconds, whether it is given in seconds or as a date, which is read against the
 * server's own clock where the answer tells it; undefined without one.
 */
const secondsToWait = (headers: Headers, now: number): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  // 0 may be told where less than a second is left (LG-LIM-004).
  if (/^\d+$/.test(value)) return Math.max(1, Number(value));
  const told = Date.parse(headers.get('date') ?? '');
  // Dates are told to the second, so one more makes sure.
  const seconds = (Date.parse(value) - (Number.isNaN(told) ? now : told)) / 1000 + 1;
  return Number.isNaN(seconds) ? undefined : Math.max(1, seconds);
};

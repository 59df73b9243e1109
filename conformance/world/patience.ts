import type { Fetch, Surroundings } from './fetch.ts';

/** How long the suite waits at most, in seconds, when a target asks it to come back later. */
const longestWait = 120;
const attempts = 5;

/**
 * Wraps fetch so that a rate limit that no rule asked for is waited out, as Retry-After says,
 * instead of being taken for a defect.
 */
export const withPatience =
  (fetch: Fetch, { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>): Fetch =>
  async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.clone());
      const wait = response.status === 429 ? secondsToWait(response.headers, now()) : undefined;
      if (wait === undefined || wait > longestWait || attempt === attempts) return response;
      await sleep(wait * 1000);
    }
  };

/** Retry-After as seconds, whether it is given in seconds or as a date; undefined without one. */
const secondsToWait = (headers: Headers, now: number): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
};

import type { Fetch, Surroundings } from './fetch.ts';

/**
 * Wraps fetch so that no more than so many requests a second are sent, spread evenly, however many
 * rules send them.
 */
export const withPace = (
  fetch: Fetch,
  perSecond: number,
  { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>,
): Fetch => {
  const distance = 1000 / perSecond;
  let next = -Infinity;
  return async (request, signal) => {
    const start = Math.max(now(), next);
    next = start + distance;
    const wait = start - now();
    if (wait > 0) await sleep(wait);
    return fetch(request, signal);
  };
};

import { Unavailable } from '../targets/unavailable.ts';
import type { Fetch, Surroundings } from './fetch.ts';
import { longestWait, readRetryAfter } from './retry-after.ts';

/** Where several want what is left, one may come too late some times: so much is borne of that. */
const enough = { attempts: 5, seconds: 15 };

/**
 * Wraps fetch so that a rate limit that no rule asked for is waited out, as Retry-After says,
 * instead of being taken for a defect of what the rule is about.
 *
 * @throws Unavailable when it can't be waited out: the rule is not verified then, and what is wrong
 *   with the 429 itself is for the rules about rate limits to say
 */
export const withPatience =
  (fetch: Fetch, { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>): Fetch =>
  async (request) => {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.body === null ? request : request.clone());
      if (response.status !== 429) return response;
      const wait = waitFor(request, response.headers, now());
      if (attempt >= enough.attempts && waited >= enough.seconds) {
        const total = `after ${String(attempt)} attempts in ${String(Math.ceil(waited))} seconds`;
        throw unasked(request, `still, ${total}. Give the organisation a higher rate limit.`);
      }
      await sleep(wait * 1000, 'the rate limit');
      waited += wait;
    }
  };

/** @throws Unavailable where the header says no time, or one that no run waits for */
const waitFor = (request: Request, headers: Headers, now: number): number => {
  const value = headers.get('retry-after') ?? '';
  if (value === '') throw unasked(request, 'without Retry-After, so it cannot be waited out.');
  const wait = readRetryAfter(value, headers.get('date') ?? undefined, now);
  if (wait === undefined) {
    throw unasked(request, `with "${value}" as Retry-After, which says no time to wait.`);
  }
  if (wait > longestWait) {
    const seconds = `${String(Math.ceil(wait))} seconds`;
    throw unasked(
      request,
      `to be tried again in ${seconds}. Give the organisation a higher rate limit.`,
    );
  }
  return wait;
};

const unasked = ({ method, url }: Request, how: string): Unavailable =>
  new Unavailable(`${method} ${new URL(url).pathname} was refused with 429 ${how}`);

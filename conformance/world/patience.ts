import { Unavailable } from '../targets/unavailable.ts';
import type { Fetch, Surroundings } from './fetch.ts';
import { longestWait, readRetryAfter } from './retry-after.ts';

/** Where several want what is left, one may come too late some times: so much is borne of that. */
const enough = { attempts: 5, seconds: 15 };

/** What the user can do; the reasons hold nothing of the one request, so that reports group them. */
const advice = 'Give the organisation a higher rate limit.';

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
      const wait = readWait(response.headers, now());
      if (attempt >= enough.attempts && waited >= enough.seconds) {
        throw new Unavailable(`It met a 429 that did not end after Retry-After. ${advice}`);
      }
      await sleep(wait * 1000, 'the rate limit');
      waited += wait;
    }
  };

/** @throws Unavailable where the header gives no time, or one that no run waits for */
const readWait = (headers: Headers, now: number): number => {
  const value = headers.get('retry-after') ?? '';
  if (value === '') {
    throw new Unavailable('It met a 429 without Retry-After, which cannot be waited out.');
  }
  const wait = readRetryAfter(value, headers.get('date') ?? undefined, now);
  if (wait === undefined) {
    throw new Unavailable(
      `It met a 429 with "${value}" as Retry-After, which is no time to wait for.`,
    );
  }
  if (wait > longestWait) {
    throw new Unavailable(
      `It met a 429 that asks to wait more than ${String(longestWait)} seconds. ${advice}`,
    );
  }
  return wait;
};

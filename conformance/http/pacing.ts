import { Unavailable } from '../targets/target.ts';
import type { Exchange } from './exchange.ts';
import type { Fetch, Surroundings } from './transport.ts';

/**
 * Wraps fetch so that no more than so many requests a second are sent, spread evenly, however many
 * rules send them.
 */
export const withMaxRps = (
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

/** Where several want what is left, one may come too late some times: so much is borne of that. */
const mostRetries = { attempts: 5, seconds: 15 };

/** What the user can do; the reasons hold nothing of the one request, so that reports group them. */
const advice = 'Give the organisation a higher rate limit.';

/**
 * Wraps fetch so that a rate limit that no rule asked for is waited out, as Retry-After says,
 * instead of being taken for a defect of what the rule is about.
 *
 * @throws Unavailable when it can't be waited out: the rule is not verified then, and what is wrong
 *   with the 429 itself is for the rules about rate limits to say
 */
export const withRateLimitRetries =
  (fetch: Fetch, { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>): Fetch =>
  async (request) => {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(request.body === null ? request : request.clone());
      if (response.status !== 429) return response;
      const wait = readWait(response.headers, now());
      if (attempt >= mostRetries.attempts && waited >= mostRetries.seconds) {
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

/** How long the suite waits at most, in seconds, when a target asks it to come back later. */
const longestWait = 120;

/** So that no clock tick decides, in seconds. */
const margin = 0.25;

/** An HTTP date in its three forms (RFC 9110, 5.6.7); a sender writes the first. */
const dateForms = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/** Milliseconds since 1970; undefined for what is no HTTP date. */
const readDate = (text: string): number | undefined => {
  if (!dateForms.some((form) => form.test(text))) return undefined;
  // The last form names no zone; all of them are in UTC.
  const moment = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(moment) ? undefined : moment;
};

/**
 * The seconds that Retry-After asks to wait, at least 1; undefined for what HTTP defines no time
 * by. A date is read against the clock of the server where its Date header shows that.
 *
 * @param serverDate - the Date header of the answer
 * @param now - milliseconds since 1970, for answers without one
 */
export const readRetryAfter = (
  value: string,
  serverDate: string | undefined,
  now: number,
): number | undefined => {
  // 0 is right where less than a second is left (LG-LIM-004).
  if (/^\d+$/.test(value)) return Math.max(1, Number(value));
  const moment = readDate(value);
  if (moment === undefined) return undefined;
  // Dates are rounded to the second, so one more makes sure.
  return Math.max(1, (moment - (readDate(serverDate ?? '') ?? now)) / 1000 + 1);
};

/**
 * The seconds after which the time in Retry-After is over for certain.
 *
 * @throws Unavailable where that is no time, or too long a one: what is wrong with the header is
 *   for the rules about it to say (LG-LIM-002, LG-LIM-021)
 */
export const secondsToWait = ({ response, startedAt, milliseconds }: Exchange): number => {
  const { 'retry-after': value, date } = response.headers;
  if (!value)
    throw new Unavailable('A 429 came without Retry-After, so nothing can be waited for.');
  const seconds = readRetryAfter(value, date, startedAt + milliseconds);
  if (seconds === undefined) throw new Unavailable(`"${value}" as Retry-After is no time to wait.`);
  if (seconds > longestWait) {
    throw new Unavailable(
      `The target asks to wait ${String(Math.ceil(seconds))} seconds, too long for a run.`,
    );
  }
  return seconds + margin;
};

import { Unavailable } from '../targets/target.ts';
import type { Exchange } from './exchange.ts';
import type { HttpRequest, HttpResponse, Send, Surroundings } from './message.ts';

/** Lets all rules together send at most so many requests a second, spread evenly. */
export const withMaxRps = (
  send: Send,
  perSecond: number,
  { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>,
): Send => {
  const distance = 1000 / perSecond;
  let next = -Infinity;
  return async (request, flight) => {
    const start = Math.max(now(), next);
    next = start + distance;
    const wait = start - now();
    if (wait > 0) await sleep(wait);
    return send(request, flight);
  };
};

/** Concurrent rules may take the remaining requests from each other, so a rule tries repeatedly. */
const mostRetries = { attempts: 5, seconds: 15 };

/** The reasons contain nothing about the single request, so that reports can group them. */
const advice = 'Give the organisation a higher rate limit.';

/** How long a request has been refused with 429. */
export interface StillLimited {
  /** Milliseconds since 1970, when the first refusal came. */
  readonly since: number;
  /** How often it was sent. */
  readonly attempts: number;
  /** Seconds that were waited as Retry-After said. */
  readonly waited: number;
}

/**
 * Sends a request that was refused with 429 again, after the time in Retry-After. The rules about
 * rate limits check the 429 itself.
 *
 * @param limited - called with each refusal
 *
 * @throws Unavailable when the wait is unknown or too long: the rule is not verified then
 */
export const withRateLimitRetries =
  <Answer extends { readonly response: HttpResponse }>(
    send: (request: HttpRequest) => Promise<Answer>,
    { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>,
    limited: (wait: StillLimited) => void = () => undefined,
  ): ((request: HttpRequest) => Promise<Answer>) =>
  async (request) => {
    let [since, waited] = [0, 0];
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(request);
      if (answer.response.status !== 429) return answer;
      since ||= now();
      limited({ since, attempts: attempt, waited });
      const wait = readWait(answer.response, now());
      if (attempt >= mostRetries.attempts && waited >= mostRetries.seconds) {
        throw new Unavailable(`It met a 429 that did not end after Retry-After. ${advice}`);
      }
      await sleep(wait * 1000, 'the rate limit');
      waited += wait;
    }
  };

/** @throws Unavailable when the header gives no time, or one that is too long for a run */
const readWait = ({ headers }: HttpResponse, now: number): number => {
  const value = headers['retry-after'] ?? '';
  if (value === '') {
    throw new Unavailable('It met a 429 without Retry-After, which cannot be waited out.');
  }
  const wait = readRetryAfter(value, headers['date'], now);
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

/** The longest wait for Retry-After, in seconds. */
const longestWait = 120;

/** Seconds added to a wait, for the rounding of clocks. */
const margin = 0.25;

/** The three forms of an HTTP date (RFC 9110, 5.6.7). */
const dateForms = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/** Milliseconds since 1970; undefined if the text isn't an HTTP date. */
const readDate = (text: string): number | undefined => {
  if (!dateForms.some((form) => form.test(text))) return undefined;
  // The last form has no zone; all are in UTC.
  const moment = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(moment) ? undefined : moment;
};

/**
 * The seconds to wait by Retry-After, at least 1; undefined for a value that HTTP doesn't define. A
 * date is relative to the clock of the server if a Date header shows it.
 *
 * @param serverDate - the Date header of the response
 * @param now - milliseconds since 1970, for responses without one
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
  // Dates are rounded to the second, so wait one more.
  return Math.max(1, (moment - (readDate(serverDate ?? '') ?? now)) / 1000 + 1);
};

/**
 * The seconds after which the time in Retry-After is certainly over.
 *
 * @throws Unavailable when the header is invalid or the wait too long; the rules about the header
 *   check it (LG-LIM-002, LG-LIM-021)
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

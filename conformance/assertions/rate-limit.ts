import type { Organization } from '../context/context.ts';
import { expectThat, Nonconformity } from '../context/expectations.ts';
import type { Client } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';

/** Windows, in seconds, that no check outlasts, so that nothing flows back meanwhile. */
const longWindows = [600, 3_600];

/** Windows whose end can be waited for; the longer ones are for machines that are busy. */
export const shortWindows = [1, 3, 9, 27];

/** What was served before the limit was reached, and the refusal that came then. */
export interface Exhaustion {
  readonly served: readonly Exchange[];
  readonly refusal: Exchange;
}

/**
 * Gives the organisation a limit and sends until it is refused with 429, which the limit's number
 * of requests and one more must bring about. A window may end on the way, and another begin: then
 * it is tried again in the next, longer one. Where limits can't be set, the known one is used up.
 *
 * @param requests - the limit
 * @param send - sends one request without patience; a listing unless told otherwise
 */
export const exhaustRateLimit = async (
  organization: Organization,
  client: Client,
  requests: number,
  windows: readonly number[] = longWindows,
  send = () => client.send('listDossiers'),
): Promise<Exhaustion> => {
  if (organization.rateLimit) return useUp(organization, organization.rateLimit, send);
  for (const seconds of windows) {
    await organization.setRateLimit(requests, seconds);
    const served: Exchange[] = [];
    while (served.length <= requests) {
      const exchange = await send();
      if (exchange.response.status === 429) return { served, refusal: exchange };
      served.push(exchange);
    }
  }
  const last = `${String(windows.at(-1))} seconds`;
  throw new Nonconformity(
    `429 at a limit of ${String(requests)} requests in ${last}`,
    `${String(requests + 1)} answers without it`,
  );
};

/**
 * Uses up the limit itself. A second one, such as one for bursts (LG-LIM-020), may refuse before
 * that, and lets in again soon, so that what is sent next would tell nothing.
 *
 * @param wait - lets so many seconds go by
 */
export const exhaustOnlyLimit = async (
  organization: Organization,
  client: Client,
  requests: number,
  wait: (seconds: number) => Promise<void>,
): Promise<Exhaustion> => {
  for (let attempt = 1; ; attempt += 1) {
    const exhaustion = await exhaustRateLimit(organization, client, requests);
    const whole = organization.rateLimit !== undefined || exhaustion.served.length >= requests;
    // Where a listing costs more than one request, fewer are served for good (LG-LIM-015).
    if (whole || attempt === 3) return exhaustion;
    await wait(2);
  }
};

/** What a rule throws where no window lasts for what it sends beyond the limit. */
export const windowTooShort = (): Unavailable =>
  new Unavailable(
    'No window lasted for three requests more than its limit, as where a second limit, for bursts, ' +
      'lets in again soon (LG-LIM-020).',
  );

/** What a rule throws where one request uses up the whole of the limits that it sets. */
export const tooCostly = (): Unavailable =>
  new Unavailable('No window let in two requests of the same kind, one after the other.');

/**
 * Expects that a request sent after the time in Retry-After was let in. Where others of the same
 * organisation may have used up the next window too, no more can be said than that it was.
 */
export const expectLetIn = ({ rateLimit }: Organization, later: Exchange): void => {
  const refused = later.response.status === 429;
  if (refused && rateLimit) throw new Unavailable(sharedByOthers);
  expectThat(!refused, 'no 429 after the time in Retry-After', () => later.response.status);
};

const sharedByOthers =
  'It needs an organisation that sends nothing else: its rate limit was used up at once.';

/**
 * Sends until the known limit refuses, from a moment on when something is let in. In the time of one
 * window no more than two windows' requests can be let in, wherever windows begin and even if
 * allowance flows back.
 *
 * @throws Unavailable when a window is too short to send so many, or others use it up
 */
const useUp = async (
  { all }: Organization,
  { requests, windowSeconds }: NonNullable<Organization['rateLimit']>,
  send: () => Promise<Exchange>,
): Promise<Exhaustion> => {
  // It waits out a limit that is used up already.
  await all.send('listDossiers');
  const served: Exchange[] = [];
  while (served.length <= 2 * requests) {
    const exchange = await send();
    if (exchange.response.status === 429) {
      if (served.length < 2) throw new Unavailable(sharedByOthers);
      return { served, refusal: exchange };
    }
    served.push(exchange);
    const began = served[0]?.startedAt ?? 0;
    if (exchange.startedAt + exchange.milliseconds - began >= windowSeconds * 1000) {
      throw new Unavailable(
        `It needs a lower rate limit: ${String(requests)} requests could not be sent within ` +
          `${String(windowSeconds)} s.`,
      );
    }
  }
  throw new Nonconformity(
    `429 at a limit of ${String(requests)} requests in ${String(windowSeconds)} seconds`,
    `${String(served.length)} answers without it`,
  );
};

/** What X-RateLimit-Remaining of a success says. */
export const remainingOf = ({ response }: Exchange): number => {
  const text = response.headers['x-ratelimit-remaining'] ?? '';
  expectThat(/^\d+$/.test(text), 'a whole number as X-RateLimit-Remaining', () => `"${text}"`);
  return Number(text);
};

/**
 * The most that one of the same requests used up, by what they showed as remaining (LG-LIM-015);
 * undefined where that can't be seen, as of a single one, or when a new window began on the way.
 */
export const costliest = (remaining: readonly number[]): number | undefined => {
  const drops = remaining.slice(1).map((one, index) => (remaining[index] ?? 0) - one);
  return drops.length > 0 && drops.every((drop) => drop >= 0) ? Math.max(...drops) : undefined;
};

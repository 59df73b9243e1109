import type { Organization } from '../context/context.ts';
import { expectThat, Nonconformity } from '../context/expectations.ts';
import type { Client } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';

/** Windows, in seconds, that are longer than any check, so that no window ends meanwhile. */
const longWindows = [600, 3_600];

/** Windows, in seconds, that a rule can wait for; the longer ones are for busy machines. */
export const shortWindows = [1, 3, 9, 27];

/** The requests that were served before the limit was reached, and the refusal. */
export interface Exhaustion {
  readonly served: readonly Exchange[];
  readonly refusal: Exchange;
}

/**
 * Sets a rate limit and sends requests until one is refused with 429, which must happen within one
 * request more than the limit. If a window ends meanwhile, it tries again with the next, longer
 * one. If limits can't be set, it uses up the known one.
 *
 * @param requests - the limit
 * @param send - sends one request without waiting out a 429; by default it lists dossiers
 */
export const exhaustRateLimit = async (
  organization: Organization,
  client: Client,
  requests: number,
  windows: readonly number[] = longWindows,
  send = () => client.send('listDossiers'),
): Promise<Exhaustion> => {
  if (organization.rateLimit) return exhaustKnownLimit(organization, organization.rateLimit, send);
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
    `${String(requests + 1)} responses without it`,
  );
};

/**
 * Uses up the limit itself. A second limit, such as one for bursts (LG-LIM-020), may refuse
 * earlier and ends soon, so that later requests would prove nothing.
 *
 * @param wait - waits so many seconds
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
    // If a listing costs more than one request, fewer are served in any case (LG-LIM-015).
    if (whole || attempt === 3) return exhaustion;
    await wait(2);
  }
};

/** Thrown by a rule if no window is long enough for the requests beyond the limit. */
export const windowTooShort = (): Unavailable =>
  new Unavailable(
    'No window lasted for three requests more than its limit. A second limit, for bursts, ' +
      'may end sooner (LG-LIM-020).',
  );

/** Thrown by a rule if a single request uses up the whole limit that it sets. */
export const requestTooCostly = (): Unavailable =>
  new Unavailable('In no window were two requests of the same kind served, one after the other.');

/**
 * Expects that a request sent after the time in Retry-After is served. In a shared organisation,
 * others may have used up the next window too; then nothing is proved.
 */
export const expectServed = ({ rateLimit }: Organization, later: Exchange): void => {
  const refused = later.response.status === 429;
  if (refused && rateLimit) throw new Unavailable(usedUpByOthers);
  expectThat(!refused, 'no 429 after the time in Retry-After', () => later.response.status);
};

const usedUpByOthers =
  'It needs an organisation that sends nothing else: its rate limit was used up at once.';

/**
 * Sends requests until the known limit refuses one, starting when requests are served. During one
 * window, at most two windows' requests can be served, wherever windows begin.
 *
 * @throws Unavailable when a window is too short to send so many requests, or others use it up
 */
const exhaustKnownLimit = async (
  { all }: Organization,
  { requests, windowSeconds }: NonNullable<Organization['rateLimit']>,
  send: () => Promise<Exchange>,
): Promise<Exhaustion> => {
  // This waits until a limit that is used up ends.
  await all.send('listDossiers');
  const served: Exchange[] = [];
  while (served.length <= 2 * requests) {
    const exchange = await send();
    if (exchange.response.status === 429) {
      if (served.length < 2) throw new Unavailable(usedUpByOthers);
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
    `${String(served.length)} responses without it`,
  );
};

/** The value of X-RateLimit-Remaining of a successful response. */
export const remainingOf = ({ response }: Exchange): number => {
  const text = response.headers['x-ratelimit-remaining'] ?? '';
  expectThat(/^\d+$/.test(text), 'a whole number as X-RateLimit-Remaining', () => `"${text}"`);
  return Number(text);
};

/**
 * The highest cost of one of several equal requests, by their X-RateLimit-Remaining (LG-LIM-015);
 * undefined for a single request, or if a new window began meanwhile.
 */
export const highestCost = (remaining: readonly number[]): number | undefined => {
  const drops = remaining.slice(1).map((one, index) => (remaining[index] ?? 0) - one);
  return drops.length > 0 && drops.every((drop) => drop >= 0) ? Math.max(...drops) : undefined;
};

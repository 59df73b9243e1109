import type { Client } from './client.ts';
import type { Exchange } from './exchange.ts';
import { expectThat } from './expectations.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Organization } from './organization.ts';

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
 * it is tried again in the next, longer one.
 *
 * @param requests - the limit
 * @param send - sends one request without patience; a listing unless told otherwise
 */
export const exhaust = async (
  organization: Organization,
  client: Client,
  requests: number,
  windows: readonly number[] = longWindows,
  send = () => client.send('listDossiers'),
): Promise<Exhaustion> => {
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

/** What X-RateLimit-Remaining of a success says. */
export const remainingOf = ({ response }: Exchange): number => {
  const text = response.headers['x-ratelimit-remaining'] ?? '';
  expectThat(/^\d+$/.test(text), 'a whole number as X-RateLimit-Remaining', () => `"${text}"`);
  return Number(text);
};

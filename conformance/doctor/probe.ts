import { brokenDown } from '../breakdown.ts';
import { explainSilence } from '../silence.ts';
import { parseJson } from '../world/exchange.ts';
import type { Surroundings } from '../world/fetch.ts';

/** What a target answers to a read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body is none. */
  readonly json: unknown;
  /** Milliseconds since 1970, before the request and after the answer. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Reads something of a target: nothing but GET is ever sent.
 *
 * @param path - below the base URL
 */
export type Probe = (path: string, key?: string) => Promise<Answer>;

/**
 * @param timeout - milliseconds that an answer may take
 * @param interruption - gives up what is under way
 */
export const createProbe =
  (
    baseUrl: string,
    { fetch, now }: Pick<Surroundings, 'fetch' | 'now'>,
    timeout: number,
    interruption: AbortSignal,
  ): Probe =>
  async (path, key) => {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const sentAt = now();
    const response = await fetch(
      new Request(baseUrl + path, { headers }),
      AbortSignal.any([AbortSignal.timeout(timeout), interruption]),
    );
    const text = await response.text();
    const { status, headers: answered } = response;
    return { status, headers: answered, json: parseJson(text), sentAt, receivedAt: now() };
  };

/** The same, where an answer is certain by now: without one, something broke down on the way. */
export const insist =
  (probe: Probe): Probe =>
  (path, key) =>
    probe(path, key).catch((thrown: unknown) => {
      throw brokenDown(`It answers no more: ${explainSilence(thrown)}. See that it is running.`);
    });

/** The reading that needs the least: one item of a list. */
export const smallestRead = '/dossiers?per_page=1';

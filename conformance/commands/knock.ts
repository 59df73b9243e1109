import { brokenDown, misuse } from '../breakdown.ts';
import { explainSilence } from '../silence.ts';
import type { Surroundings } from '../world/fetch.ts';

/** A door, and the key to try on it. */
interface Door {
  /** The base URL. */
  readonly url: string;
  /** What named it, such as `--target`. */
  readonly from: string;
  readonly key: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Sees whether anybody is there and, with a key, whether it is let in at all: a wrong key or base
 * URL is no verdict on the target. Any other answer is for the rules to judge.
 *
 * @param timeout - milliseconds
 * @throws Breakdown when nobody answers, or the key or the base URL is wrong
 */
export const knock = async (
  { url, from, key }: Door,
  { fetch }: Pick<Surroundings, 'fetch'>,
  timeout: number,
): Promise<void> => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key.value}` };
  const request = new Request(`${url}/dossiers?per_page=1`, { headers });
  const { status } = await fetch(request, AbortSignal.timeout(timeout)).catch((thrown: unknown) => {
    throw brokenDown(
      `Nobody answers at ${url}: ${explainSilence(thrown)}. Start the target, or correct ${from}.`,
    );
  });
  if (key !== undefined && status === 401) {
    throw misuse(`${url} refuses the key with 401. Correct ${key.name}, or ${from}.`);
  }
  if (key !== undefined && status === 404) {
    throw misuse(
      `${url} knows no /dossiers (404). Give ${from} the base URL, such as ${url}/api/v1.`,
    );
  }
};

import { NoResponse } from '../errors.ts';
import type { HttpRequest } from '../http/message.ts';

type Called = Pick<HttpRequest, 'method' | 'url'>;

/** After so many time-outs in a row at one operation, it isn't called any more. */
const mostSilences = 3;

/**
 * Counts time-outs in a row by operation, so that none is waited for again and again. Requests that
 * were under way at the same time count once: a busy machine is late with all of them.
 *
 * @param now - milliseconds
 */
export const createSilences = (now: () => number) => {
  const counts = new Map<string, { count: number; at: number }>();
  return {
    /** @param sentAt - when the request was sent that got no response */
    note: (request: Called, sentAt: number): void => {
      const name = nameOf(request);
      const { count, at } = counts.get(name) ?? { count: 0, at: -Infinity };
      if (sentAt >= at) counts.set(name, { count: count + 1, at: now() });
    },
    forget: (request: Called): void => {
      if (counts.size > 0) counts.delete(nameOf(request));
    },
    /** After an outage, operations are tried again. */
    reset: (): void => {
      counts.clear();
    },
    /** For an operation that has been silent too often: since when, and the error in its place. */
    refusalOf: (request: Called): { since: number; error: NoResponse } | undefined => {
      if (counts.size === 0) return undefined;
      const name = nameOf(request);
      const { count, at: since } = counts.get(name) ?? { count: 0, at: 0 };
      if (count < mostSilences) return undefined;
      const times = String(mostSilences);
      const error = new NoResponse(
        `${name} got no response ${times} times in a row, so it isn't sent again. ` +
          'Look at the log of the target.',
      );
      return { since, error };
    },
  };
};

/** Method and path; a part of the path with a digit is an id. */
const nameOf = ({ method, url }: Called): string =>
  `${method} ${new URL(url).pathname.replaceAll(/\/(?!v\d+(?:\/|$))[^/]*\d[^/]*/g, '/…')}`;

/** So many answers of 500 and more in a row mean that nothing else comes. */
const mostErrors = 40;
/** After so many, rules that failed are executed again. */
const suspicious = 8;

/** Recognises a target that answers nothing but errors: after a pause it gets a second chance. */
export const createErrorRow = () => {
  let [row, rows] = [0, 0];
  let waiting: Promise<void> | undefined;
  return {
    /** `endless` when nothing but errors has come, even after the pause. */
    note: (status: number): 'none' | 'suspicious' | 'endless' => {
      row = status >= 500 ? row + 1 : 0;
      if (row === 0) rows = 0;
      if (row < mostErrors) return row < suspicious && rows === 0 ? 'none' : 'suspicious';
      [row, rows, waiting] = [0, rows + 1, undefined];
      return rows > 1 ? 'endless' : 'suspicious';
    },
    /**
     * Waits, if the pause has begun.
     *
     * @param sleep - called once for all requests that wait
     */
    wait: async (sleep: () => Promise<void>): Promise<void> => {
      if (rows === 1 && row === 0) await (waiting ??= sleep());
    },
  };
};

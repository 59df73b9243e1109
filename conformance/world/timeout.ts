import { setMaxListeners } from 'node:events';
import { brokenDown, messageOf, type Breakdown } from '../breakdown.ts';
import type { Fetch } from './fetch.ts';
import { buildResponse } from './response.ts';

/**
 * Wraps fetch so that no answer, its body included, is waited for longer than so many
 * milliseconds, and what the network says is told in a sentence.
 */
export const withTimeout = (
  fetch: Fetch,
  milliseconds: number,
  interruption: AbortSignal,
): Fetch => {
  // Every request that is under way listens, and rules judged side by side send many.
  setMaxListeners(0, interruption);
  return async (request) => {
    const what = `${request.method} ${request.url}`;
    const limit = createLimit(milliseconds, interruption, what);
    const answer = fetch(request, limit.signal)
      .then(readWhole)
      .catch((thrown: unknown) => {
        throw brokenDown(
          `${what} failed: ${messageOf(thrown)}. Check that the target is still running.`,
        );
      });
    try {
      return await Promise.race([answer, limit.reached]);
    } finally {
      limit.lift();
    }
  };
};

/**
 * Rejects when the time is over or the run is interrupted. The signal alone would not do: what is
 * wrapped may not heed it.
 */
const createLimit = (milliseconds: number, interruption: AbortSignal, what: string) => {
  const controller = new AbortController();
  let lift = (): void => undefined;
  const reached = new Promise<never>((_, reject) => {
    const end = (breakdown: Breakdown): void => {
      reject(breakdown);
      controller.abort();
    };
    const timer = setTimeout(() => {
      end(brokenDown(tooLate(what, milliseconds)));
    }, milliseconds);
    const interrupt = (): void => {
      end(brokenDown('The run was interrupted.'));
    };
    if (interruption.aborted) interrupt();
    interruption.addEventListener('abort', interrupt);
    lift = () => {
      clearTimeout(timer);
      interruption.removeEventListener('abort', interrupt);
    };
  });
  return {
    signal: controller.signal,
    reached,
    lift: () => {
      lift();
    },
  };
};

const tooLate = (what: string, milliseconds: number): string =>
  `${what} was not answered within ${String(milliseconds)} ms. ` +
  'Look at the log of the target, or give it longer with --timeout.';

const readWhole = async (response: Response): Promise<Response> => {
  const { status, headers } = response;
  return buildResponse(await response.arrayBuffer(), { status, headers });
};

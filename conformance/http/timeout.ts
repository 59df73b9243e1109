import { setMaxListeners } from 'node:events';
import type { Breakdown } from '../errors.ts';
import { breakdownError, messageOf } from '../errors.ts';
import { buildResponse, type Fetch } from './transport.ts';

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
      .then(readBody)
      .catch((thrown: unknown) => {
        throw breakdownError(
          `${what} failed: ${messageOf(thrown)}. Check that the target is still running.`,
        );
      });
    try {
      return await Promise.race([answer, limit.reached]);
    } finally {
      limit.clear();
    }
  };
};

/**
 * Rejects when the time is over or the run is interrupted. The signal alone would not do: what is
 * wrapped may not heed it.
 */
const createLimit = (milliseconds: number, interruption: AbortSignal, what: string) => {
  const controller = new AbortController();
  let clear = (): void => undefined;
  const reached = new Promise<never>((_, reject) => {
    const end = (breakdown: Breakdown): void => {
      reject(breakdown);
      controller.abort();
    };
    const timer = setTimeout(() => {
      end(breakdownError(timeoutError(what, milliseconds)));
    }, milliseconds);
    const interrupt = (): void => {
      end(breakdownError('The run was interrupted.'));
    };
    if (interruption.aborted) interrupt();
    interruption.addEventListener('abort', interrupt);
    clear = () => {
      clearTimeout(timer);
      interruption.removeEventListener('abort', interrupt);
    };
  });
  return {
    signal: controller.signal,
    reached,
    clear: () => {
      clear();
    },
  };
};

const timeoutError = (what: string, milliseconds: number): string =>
  `${what} was not answered within ${String(milliseconds)} ms. ` +
  'Look at the log of the target, or give it longer with --timeout.';

const readBody = async (response: Response): Promise<Response> => {
  const { status, headers } = response;
  return buildResponse(await response.arrayBuffer(), { status, headers });
};

/** What stands behind a request that was not answered, in words, by the code that the system gives. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens at this port'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of the host is unknown'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the host is out of reach'],
  [/^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/, 'the connection was closed without an answer'],
  [
    /^(EPROTO|ERR_SSL_)/,
    'what listens there does not speak TLS; it may want http in place of https',
  ],
  [/^HPE_/, 'what listens there does not speak HTTP; it may want https in place of http'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    'its TLS certificate is not trusted; see NODE_EXTRA_CA_CERTS',
  ],
];

/** Says why nobody answered: a clause in words, and the code for who looks it up. */
export const explainNoAnswer = (thrown: unknown): string => {
  const code = codeOf(thrown);
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return 'it took too long to answer';
  const known = causes.find(([pattern]) => code !== undefined && pattern.test(code));
  return known && code !== undefined ? `${known[1]} (${code})` : messageOf(thrown);
};

/** Node tells it on the error itself, fetch on its cause. */
const codeOf = (thrown: unknown): string | undefined => {
  const { code, cause } = thrown as { code?: unknown; cause?: { code?: unknown } };
  const found = typeof code === 'string' ? code : cause?.code;
  return typeof found === 'string' ? found : undefined;
};

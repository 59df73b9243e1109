import { setMaxListeners } from 'node:events';
import type { Breakdown } from '../errors.ts';
import { breakdownError, messageOf } from '../errors.ts';
import { buildResponse, type Fetch } from './transport.ts';

/**
 * Wraps fetch with a time-out for the response including its body, in milliseconds, and turns
 * network errors into sentences.
 *
 * @throws Breakdown when the response is late, the run is interrupted, or the network fails
 */
export const withTimeout = (
  fetch: Fetch,
  milliseconds: number,
  interruption: AbortSignal,
): Fetch => {
  // Each pending request adds a listener, and concurrent rules send many.
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
 * Rejects on time-out or interruption. Aborting the signal alone is not enough, since the wrapped
 * fetch may ignore it.
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
  `${what} got no response within ${String(milliseconds)} ms. ` +
  'Look at the log of the target, or raise --timeout.';

const readBody = async (response: Response): Promise<Response> => {
  const { status, headers } = response;
  return buildResponse(await response.arrayBuffer(), { status, headers });
};

/** Reasons for a missing response, by the error code of the system. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens at this port'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of the host is unknown'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the host cannot be reached'],
  [/^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/, 'the connection was closed without a response'],
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

/** Explains a missing response: a clause in words, and the error code. */
export const explainNoAnswer = (thrown: unknown): string => {
  const code = codeOf(thrown);
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return 'it took too long';
  const known = causes.find(([pattern]) => code !== undefined && pattern.test(code));
  return known && code !== undefined ? `${known[1]} (${code})` : messageOf(thrown);
};

/** Node sets the code on the error itself, fetch on its cause. */
const codeOf = (thrown: unknown): string | undefined => {
  const { code, cause } = thrown as { code?: unknown; cause?: { code?: unknown } };
  const found = typeof code === 'string' ? code : cause?.code;
  return typeof found === 'string' ? found : undefined;
};

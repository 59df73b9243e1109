import { Breakdown, messageOf, NoResponse } from '../errors.ts';
import { createOnInterruption } from './interruption.ts';
import type { HttpRequest, HttpResponse, Send } from './message.ts';
import { LostConnection } from './transport.ts';

/**
 * Wraps a way to the target with a time-out for the response including its body, in milliseconds, and
 * turns network errors into sentences.
 *
 * @throws Breakdown when the response is late, the run is interrupted, or the network fails
 * @throws LostConnection when a write is lost on a kept connection
 */
export const withTimeout = (send: Send, milliseconds: number, interruption: AbortSignal): Send => {
  const onInterruption = createOnInterruption(interruption);
  return (request, flight = {}) =>
    new Promise<HttpResponse>((resolve, reject) => {
      // Cancelling alone is not enough, since a fault in between may ignore it.
      const end = (why: Error): void => {
        leave();
        reject(why);
        flight.cancel?.();
      };
      const timer = setTimeout(() => {
        end(new NoResponse(timeoutError(describe(request), milliseconds), { late: true }));
      }, milliseconds);
      const stopListening = onInterruption((why) => {
        clearTimeout(timer);
        reject(why);
        flight.cancel?.();
      });
      const leave = (): void => {
        clearTimeout(timer);
        stopListening();
      };
      if (interruption.aborted) return;
      send(request, flight).then(
        (response) => {
          leave();
          resolve(response);
        },
        (thrown: unknown) => {
          leave();
          const explained = thrown instanceof LostConnection || thrown instanceof Breakdown;
          reject(explained ? thrown : networkError(request, thrown));
        },
      );
    });
};

const describe = ({ method, url }: HttpRequest): string => `${method} ${url}`;

const networkError = (request: HttpRequest, thrown: unknown): Error =>
  new NoResponse(
    `${describe(request)} failed: ${messageOf(thrown)}. Check that the target is still running.`,
  );

const timeoutError = (what: string, milliseconds: number): string =>
  `${what} got no response within ${String(milliseconds)} ms. ` +
  'Look at the log of the target, or raise --timeout.';

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
    'its TLS certificate is not trusted; name its authority by --cacert, or add --insecure',
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

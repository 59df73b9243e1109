import { parseJson, type Exchange } from './exchange.ts';
import type { Fetch } from './fetch.ts';
import type { OperationNames } from './operations.ts';

/** Finds the exchange behind a response that came through the recorder. */
export type ExchangeOf = (response: Response) => Exchange;

/**
 * Wraps fetch so that every exchange is kept whole, in the order of the answers.
 *
 * @param name - tells which operation a method and URL name
 * @param now - milliseconds since 1970
 * @param keep - is given each exchange
 */
export const record = (
  fetch: Fetch,
  name: OperationNames,
  now: () => number,
  keep: (exchange: Exchange) => void,
): { fetch: Fetch; exchangeOf: ExchangeOf } => {
  const exchanges = new WeakMap<Response, Exchange>();
  const recorded: Fetch = async (request, signal) => {
    const sent = await bytesOf(request);
    const startedAt = now();
    const response = await fetch(request, signal);
    // The exchange has the body from here on; nobody reads the response itself again.
    const body = await response.text();
    const exchange: Exchange = {
      operation: name(request.method, request.url),
      request: {
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: sent,
      },
      response: { status: response.status, headers: Object.fromEntries(response.headers), body },
      json: parseJson(body),
      startedAt,
      milliseconds: now() - startedAt,
    };
    keep(exchange);
    exchanges.set(response, exchange);
    return response;
  };
  const exchangeOf: ExchangeOf = (response) => {
    const exchange = exchanges.get(response);
    if (!exchange) throw new Error('This response did not come through the recorder.');
    return exchange;
  };
  return { fetch: recorded, exchangeOf };
};

/** Read from a copy, so that the request can still be sent. */
const bytesOf = async (request: Request): Promise<Uint8Array> =>
  request.body === null ? new Uint8Array() : new Uint8Array(await request.clone().arrayBuffer());

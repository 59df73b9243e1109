import type { OperationId } from '../../openapi/contract.ts';
import type { Acceptances } from '../contract/acceptances.ts';
import type { OperationNames } from '../contract/operations.ts';
import type { Fetch } from './transport.ts';

/** One request and its answer, whole: what rules judge and reports tell. */
export interface Exchange {
  /** The operation that method and path name; undefined for what the contract doesn't know. */
  readonly operation: OperationId | undefined;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
  readonly response: {
    readonly status: number;
    /** By lower-case name. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** The body of the answer, parsed; undefined when it isn't JSON, or nested too deeply. */
  readonly json: unknown;
  /** When the request was sent, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long the answer took, its body included. */
  readonly milliseconds: number;
  /** Whether the target sent it to us: the delivery of an event, whose answer isn't kept. */
  readonly received?: true;
  /** Whether the rule had asked the target to fail before it was sent. */
  readonly provoked?: true;
}

/** Parses a body as JSON; undefined when it isn't, or is nested too deeply to be worked with. */
export const parseJson = (text: string): unknown => {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether a URL has a percent sign that begins no escape, so that it is none by RFC 3986. */
export const hasBrokenEscape = (url: string): boolean => /%(?![0-9a-f]{2})/i.test(url);

/** The stable code of an error body; undefined when there is none. */
export const errorCodeOf = (json: unknown): string | undefined => {
  const code = (json as { error?: { code?: unknown } } | null | undefined)?.error?.code;
  return typeof code === 'string' ? code : undefined;
};

/** The accepted success that an exchange is, with the contract's response for it, if it is one. */
export const successOf = (
  { operation, response: { status } }: Exchange,
  acceptances: Acceptances,
) => {
  const acceptance = operation && acceptances.of(operation, status);
  return operation && acceptance?.success && acceptance.response
    ? { operation, status, response: acceptance.response, decided: acceptance.decided }
    : undefined;
};

/** Levels of nesting that a body may have; documented answers have five. */
const deepest = 200;

const [quote, backslash] = ['"', '\\'];

/**
 * Whether objects and arrays of a JSON text lie deeper in each other than anything that works with
 * the value could follow. Read from the text, so that no recursion has to find it out.
 */
export const isNestedTooDeeply = (text: string): boolean => {
  // Each level has two brackets.
  if (text.length <= 2 * deepest) return false;
  let [depth, inText] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (inText) {
      if (letter === backslash) index += 1;
      else if (letter === quote) inText = false;
    } else if (letter === quote) inText = true;
    else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
};

/** Finds the exchange behind a response that came through the recorder. */
export type ExchangeOf = (response: Response) => Exchange;

/**
 * Wraps fetch so that every exchange is kept whole, in the order of the answers.
 *
 * @param name - tells which operation a method and URL name
 * @param now - milliseconds since 1970
 * @param keep - is given each exchange
 */
export const recordExchanges = (
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

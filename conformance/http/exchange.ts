import type { OperationId } from '../../openapi/contract.ts';
import type { OperationNames } from '../contract/operations.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import type { HttpRequest, HttpResponse, Send } from './message.ts';

/** One request and its response: what rules check and reports show. */
export interface Exchange {
  /** The operation of method and path; undefined if the contract has none. */
  readonly operation: OperationId | undefined;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Of a long one only the beginning: reports show no more, and a file takes much memory. */
    readonly body: Uint8Array;
    /** The length of the whole body, where only the beginning was kept. */
    readonly bytes?: number;
  };
  readonly response: HttpResponse;
  /** The parsed body of the response; undefined when it isn't JSON, or is nested too deeply. */
  readonly json: unknown;
  /** When the request was sent, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Duration of the response, including its body. */
  readonly milliseconds: number;
  /** Whether the target sent it: the delivery of an event, whose response isn't kept. */
  readonly received?: true;
  /** Whether the rule had made the target fail before the request. */
  readonly provoked?: true;
}

/** Parses a body as JSON; undefined when it isn't, or is nested too deeply. */
export const parseJson = (text: string): unknown => {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether a URL has a percent sign without two hexadecimal digits, which RFC 3986 forbids. */
export const hasBrokenEscape = (url: string): boolean => /%(?![0-9a-f]{2})/i.test(url);

/** The stable code of an error body; undefined when there is none. */
export const errorCodeOf = (json: unknown): string | undefined => {
  const code = (json as { error?: { code?: unknown } } | null | undefined)?.error?.code;
  return typeof code === 'string' ? code : undefined;
};

/** The success that an exchange is, with the contract's response for it; undefined for others. */
export const successOf = (
  { operation, response: { status } }: Exchange,
  acceptances: Acceptances,
) => {
  const acceptance = operation && acceptances.of(operation, status);
  return operation && acceptance?.success && acceptance.response
    ? { operation, status, response: acceptance.response, decided: acceptance.decided }
    : undefined;
};

/** Levels of nesting that a body may have; documented responses have five. */
const deepest = 200;

const [quote, backslash] = ['"', '\\'];

/** Whether a text has more opening brackets than levels are allowed; searching is fast. */
const hasManyBrackets = (text: string): boolean => {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let index = text.indexOf(bracket); index >= 0; index = text.indexOf(bracket, index + 1)) {
      count += 1;
      if (count > deepest) return true;
    }
  }
  return false;
};

/**
 * Whether a JSON text is nested so deeply that recursive code could fail. It counts brackets, so it
 * needs no recursion itself.
 */
export const isNestedTooDeeply = (text: string): boolean => {
  // Each level has two brackets.
  if (text.length <= 2 * deepest || !hasManyBrackets(text)) return false;
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

/**
 * Makes an exchange of each request and its response.
 *
 * @param name - finds the operation of a method and URL
 * @param now - milliseconds since 1970
 * @param keep - called with each exchange, in the order of the responses
 */
export const recordExchanges =
  (
    send: Send,
    name: OperationNames,
    now: () => number,
    keep: (exchange: Exchange) => Exchange,
  ): ((request: HttpRequest) => Promise<Exchange>) =>
  async (request) => {
    const { method, url, headers, body = nothing } = request;
    const startedAt = now();
    const response = await send(request);
    return keep({
      operation: name(method, url),
      request: { method, url, headers, ...beginningOf(body) },
      response,
      json: response.oversized ? undefined : parseJson(response.body),
      startedAt,
      milliseconds: now() - startedAt,
    });
  };

const nothing = new Uint8Array();

/** What is kept of a long body, in bytes. */
const keptOfLong = 128 * 1024;

const beginningOf = (body: Uint8Array): Pick<Exchange['request'], 'body' | 'bytes'> => {
  if (body.length <= 2 * keptOfLong) return { body };
  // A text is cut between two letters. A copy, as a part would keep the whole in memory.
  let end = keptOfLong;
  while (end > keptOfLong - 4 && ((body[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { body: body.slice(0, end), bytes: body.length };
};

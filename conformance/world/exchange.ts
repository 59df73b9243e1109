import type { OperationId } from '../../openapi/contract.ts';
import { isNestedTooDeeply } from './nesting.ts';

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

import type { OperationId } from '../../openapi/contract.ts';

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
  /** The body of the answer, parsed; undefined when it isn't JSON. */
  readonly json: unknown;
  /** When the request was sent, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long the answer took, its body included. */
  readonly milliseconds: number;
  /** Whether the target sent it to us: the delivery of an event, whose answer isn't kept. */
  readonly received?: true;
}

/** Parses a body as JSON; undefined when it isn't. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether a URL has a percent sign that begins no escape, so that it is none by RFC 3986. */
export const hasBrokenEscape = (url: string): boolean => /%(?![0-9a-f]{2})/i.test(url);

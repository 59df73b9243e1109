/** A request as plain data. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /**
   * Whether a write may use a connection that was used before: the server may close it just then,
   * and nobody knows whether the write was processed.
   */
  readonly reuse?: boolean;
}

/** A response as plain data, read to its end. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; repeated ones are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded; the beginning alone where it is `oversized`. */
  readonly body: string;
  /** Whether the body is longer than `mostBytes`: then nothing more of it was read. */
  readonly oversized?: true;
}

/** The longest body that is read, in bytes. */
export const mostBytes = 32 * 1024 * 1024;

/** A request that is under way; whoever sends it sets `cancel`, which ends it with an error. */
export interface Flight {
  cancel?: () => void;
}

/**
 * Sends a request to the target. Recorders, waits and time-outs wrap it as plain functions.
 *
 * @throws Error when no response comes
 */
export type Send = (request: HttpRequest, flight?: Flight) => Promise<HttpResponse>;

/** Network and clock, passed in so that tests can replace them. */
export interface Surroundings {
  readonly send: Send;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Resolves after so many milliseconds.
   *
   * @param reason - what is waited for, where a person should know
   */
  readonly sleep: (milliseconds: number, reason?: string) => Promise<void>;
}

/**
 * What this server grants a connection. These are its own habits: the API says nothing of them.
 * All times are in milliseconds.
 */
export interface ConnectionLimits {
  /** How long the head of a request may take, from its first byte or the opening on. */
  readonly head: number;
  /** How long a whole request may take, its body included. */
  readonly request: number;
  /** How often the two are looked at. */
  readonly lookEvery: number;
  /** How long a connection is kept open for the next request. */
  readonly idle: number;
  /** How long a client may take to close a connection that is over, before it is destroyed. */
  readonly linger: number;
  /** How many requests may wait for their answers on one connection. */
  readonly waiting: number;
  /** How many connections may be open; more are closed unanswered. */
  readonly connections: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  head: 30_000,
  request: 120_000,
  lookEvery: 5_000,
  // Longer than clients keep connections, so that none is closed under a request.
  idle: 75_000,
  linger: 1_000,
  waiting: 1_000,
  connections: 1_000,
};

/**
 * The one way to the target. It takes a whole `Request`, so that whatever stands between suite and
 * server (a recorder, a liar, patience) wraps it as a plain function. A signal that fires gives the
 * request up; it stands beside the request, as a `Request` with one of its own costs a good deal.
 */
export type Fetch = (request: Request, signal?: AbortSignal) => Promise<Response>;

/** What rests on the world outside, passed in so that tests can stand in for it. */
export interface Surroundings {
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Resolves after so many milliseconds.
   *
   * @param reason - what is waited for, where a person should know
   */
  readonly sleep: (milliseconds: number, reason?: string) => Promise<void>;
}

/**
 * The one way to the target. It takes a whole `Request`, so that whatever stands between suite and
 * server (a recorder, a liar, patience) wraps it as a plain function.
 */
export type Fetch = (request: Request) => Promise<Response>;

/** What rests on the world outside, passed in so that tests can stand in for it. */
export interface Surroundings {
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What went wrong outside the rules, with the exit code that the command documents for it. */
export class Breakdown extends Error {
  readonly exitCode: 2 | 4;

  /** @param message - what happened, why, and the next step, in one line */
  constructor(exitCode: 2 | 4, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command was called in a way that it cannot follow: exit code 2. */
export const misuse = (message: string): Breakdown => new Breakdown(2, message);

/** The suite or the target broke down: exit code 4. */
export const brokenDown = (message: string): Breakdown => new Breakdown(4, message);

/** The sentence of whatever was thrown, with the cause that fetch hides behind "fetch failed". */
export const messageOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause === undefined) return thrown.message;
  const cause = thrown.cause as { code?: string; message?: string };
  return `${thrown.message} (${cause.code ?? cause.message ?? 'no cause given'})`;
};

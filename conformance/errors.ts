/** An error outside the rules, with its documented exit code. */
export class Breakdown extends Error {
  readonly exitCode: 2 | 4;

  /** @param message - what happened, why, and what to do, in one line */
  constructor(exitCode: 2 | 4, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** No response came: a time-out, a refused connection, or one that was closed. */
export class NoResponse extends Breakdown {
  /** Whether it was waited for as long as allowed. */
  readonly late: boolean;

  constructor(message: string, { late = false } = {}) {
    super(4, message);
    this.late = late;
  }
}

/**
 * A provision function or the control API failed, was late, or returned what nobody can use: that is
 * not the target's failure, and every other rule would meet it too.
 */
export class ProvisionError extends Breakdown {
  constructor(message: string) {
    super(4, message);
  }
}

/** Wrong usage or configuration: exit code 2. */
export const usageError = (message: string): Breakdown => new Breakdown(2, message);

/** An error in the suite or the target: exit code 4. */
export const breakdownError = (message: string): Breakdown => new Breakdown(4, message);

/** A thrown value as a Breakdown; anything but one is an error in the suite. */
export const asBreakdown = (thrown: unknown): Breakdown =>
  thrown instanceof Breakdown ? thrown : breakdownError(`Internal error: ${messageOf(thrown)}.`);

/** The message of a thrown value, with the cause that fetch hides behind "fetch failed". */
export const messageOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause === undefined) return thrown.message;
  const cause = thrown.cause as { code?: string; message?: string };
  return `${thrown.message} (${cause.code ?? cause.message ?? 'no cause given'})`;
};

/**
 * Suggests the name that was probably meant.
 *
 * @returns ` Did you mean …?`, or an empty string when no name is similar
 */
export const suggest = (text: string, names: Iterable<string>): string => {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = distanceBetween(text.toLowerCase(), name.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  // At most one letter in three may differ.
  if (!best || best.distance > Math.max(1, Math.floor(text.length / 3))) return '';
  return ` Did you mean ${best.name}?`;
};

/** The Levenshtein distance of two texts. */
const distanceBetween = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

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
export const usageError = (message: string): Breakdown => new Breakdown(2, message);

/** The suite or the target broke down: exit code 4. */
export const breakdownError = (message: string): Breakdown => new Breakdown(4, message);

/** The sentence of whatever was thrown, with the cause that fetch hides behind "fetch failed". */
export const messageOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause === undefined) return thrown.message;
  const cause = thrown.cause as { code?: string; message?: string };
  return `${thrown.message} (${cause.code ?? cause.message ?? 'no cause given'})`;
};

/**
 * The name that was probably meant, told as the end of a sentence.
 *
 * @returns ` Did you mean …?`, or nothing where no name is near
 */
export const suggest = (text: string, names: Iterable<string>): string => {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = distanceBetween(text.toLowerCase(), name.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  // One letter in three may be wrong; what is further off was never meant.
  if (!best || best.distance > Math.max(1, Math.floor(text.length / 3))) return '';
  return ` Did you mean ${best.name}?`;
};

/** How many letters must be put in, taken out or changed to come from one text to the other. */
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

import type { Change } from './journal.ts';

/**
 * Where committed changes are kept beyond the life of the process.
 *
 * Changes are written in the order in which they were made. When a write fails, nothing of it is
 * kept, and all changes that aren't kept yet have been undone in memory before anybody is told.
 */
export interface Store {
  /**
   * Resolves when the changes, and all that were made before them, are kept; without changes, when
   * all that can be seen so far is.
   *
   * @throws NotKept
   */
  readonly write: (changes: readonly Change[], undo: () => void) => Promise<void>;
  /** Writes what is left and lets go of the file. */
  readonly close: () => Promise<void>;
}

/**
 * Changes that could not be kept, and were undone. The message says what to do; whoever throws it has
 * told it, once for all changes that the same trouble hits.
 */
export class NotKept extends Error {}

/** Memory only: what isn't kept can't get lost on the way. */
export const memoryStore: Store = {
  write: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

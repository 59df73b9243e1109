/** What a row must have. */
export interface Identified {
  readonly id: string;
}

/** One step of a transaction: a row that was put (`before` is absent), replaced, or taken away. */
export interface Change {
  /** The name of the table. */
  readonly table: string;
  /** The organisation that the table belongs to; absent for the tables of the installation. */
  readonly organizationId?: string;
  /** The row's place in the order of creation; no other row ever had it or will have it. */
  readonly order: number;
  readonly before?: Identified;
  readonly after?: Identified;
}

/** What a transaction left. */
export interface Outcome<T> {
  readonly result: T;
  /** In the order in which they were made. */
  readonly changes: readonly Change[];
  /**
   * Takes the changes back, last step first. Only right as long as nothing was changed since, or
   * all that was has been taken back before.
   */
  readonly undo: () => void;
}

type Step = { readonly change: Change; readonly undo: () => void };

const undoAll = (steps: readonly Step[]): void => {
  for (const step of steps.toReversed()) step.undo();
};

/**
 * The log behind all tables of one installation: it makes a transaction all or nothing.
 *
 * Work is synchronous, so two transactions never interleave; what it changed is undone, last step
 * first, if it throws (LG-ERR-022, LG-ERR-028, LG-CV-006).
 */
export class Journal {
  #steps: Step[] | undefined;
  #lastOrder = 0;

  /** What the running transaction has changed so far; nothing outside of one. */
  get changes(): readonly Change[] {
    return (this.#steps ?? []).map((step) => step.change);
  }

  /** The place of a new row: behind all rows of all tables that there ever were. */
  nextOrder(): number {
    return ++this.#lastOrder;
  }

  /** Lets new rows come behind this place, which a file has given to a row. */
  goOnBehind(order: number): void {
    this.#lastOrder = Math.max(this.#lastOrder, order);
  }

  /** Notes a step. Throws outside of a transaction, before anything is changed. */
  record(change: Change, undo: () => void): void {
    if (!this.#steps) throw new Error(`A change of ${change.table} outside of a transaction.`);
    this.#steps.push({ change, undo });
  }

  /**
   * Does the work whole or not at all.
   *
   * @throws what the work throws, after undoing it; and if the work is asynchronous or nested
   */
  transact<T>(work: () => T): Outcome<T> {
    if (this.#steps) throw new Error('A transaction inside a transaction.');
    const steps: Step[] = (this.#steps = []);
    try {
      const result = work();
      if (result instanceof Promise) throw new Error('A transaction must be synchronous.');
      return {
        result,
        changes: this.changes,
        undo: () => {
          undoAll(steps);
        },
      };
    } catch (error) {
      undoAll(steps);
      throw error;
    } finally {
      this.#steps = undefined;
    }
  }
}

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

/**
 * Does synchronous work whole or not at all, with the events that it causes, and resolves with its
 * result when all that an answer could tell of it is kept.
 *
 * @throws what the work throws, and NotKept; nothing has changed then
 */
export type Commit = <T>(work: () => T) => Promise<T>;

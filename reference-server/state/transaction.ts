/** The minimum of a row. */
export interface Identified {
  readonly id: string;
}

/**
 * One step of a transaction: a row was inserted (`before` is absent), replaced, or removed (`after`
 * is absent).
 */
export interface Change {
  /** The name of the table. */
  readonly table: string;
  /** The organisation that the table belongs to; absent for the tables of the installation. */
  readonly organizationId?: string;
  /** The row's number in the order of creation, which is never reused. */
  readonly order: number;
  readonly before?: Identified;
  readonly after?: Identified;
}

/** The outcome of a transaction. */
export interface Outcome<T> {
  readonly result: T;
  /** In the order in which they were made. */
  readonly changes: readonly Change[];
  /** Undoes the changes, last step first. Later changes must have been undone before. */
  readonly undo: () => void;
}

type Step = { readonly change: Change; readonly undo: () => void };

const undoAll = (steps: readonly Step[]): void => {
  for (const step of steps.toReversed()) step.undo();
};

/**
 * The undo log of all tables of one installation: it makes transactions all or nothing.
 *
 * Work is synchronous, so two transactions never interleave; if it throws, its changes are undone,
 * last step first (LG-ERR-022, LG-ERR-028, LG-CV-006).
 */
export class Journal {
  #steps: Step[] | undefined;
  #lastOrder = 0;

  /** The changes of the current transaction so far; empty outside of one. */
  get changes(): readonly Change[] {
    return (this.#steps ?? []).map((step) => step.change);
  }

  /** The order of a new row: higher than any order before, in all tables. */
  nextOrder(): number {
    return ++this.#lastOrder;
  }

  /** Makes the orders of new rows higher than this one, which comes from a file. */
  continueAfter(order: number): void {
    this.#lastOrder = Math.max(this.#lastOrder, order);
  }

  /** Records a step. Throws outside of a transaction, before anything is changed. */
  record(change: Change, undo: () => void): void {
    if (!this.#steps) throw new Error(`A change of ${change.table} outside of a transaction.`);
    this.#steps.push({ change, undo });
  }

  /**
   * Runs work as a transaction, all or nothing.
   *
   * @throws what the work throws, after undoing it; and an error if the work is asynchronous or
   *   nested
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
 * Saves committed changes beyond the life of the process.
 *
 * Changes are written in their order. When a write fails, none of its changes are saved, and all
 * unsaved changes are undone in memory before the error is reported.
 */
export interface Store {
  /**
   * Resolves when the changes and all earlier ones are saved; without changes, when all earlier
   * ones are.
   *
   * @throws NotSaved
   */
  readonly write: (changes: readonly Change[], undo: () => void) => Promise<void>;
  /** Writes what is left and closes the file. */
  readonly close: () => Promise<void>;
}

/**
 * Changes could not be saved, and were undone. The message says what to do; the store logs it, once
 * for all changes that fail for the same reason.
 */
export class NotSaved extends Error {}

/** Saves nothing: data is in memory only. */
export const memoryStore: Store = {
  write: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/**
 * Runs synchronous work as a transaction, with the events that it causes, and resolves with its
 * result once everything that a response could reveal is saved.
 *
 * @throws what the work throws, and NotSaved; then nothing has changed
 */
export type Commit = <T>(work: () => T) => Promise<T>;

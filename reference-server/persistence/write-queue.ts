import { type Change, NotSaved, type Store } from '../state/transaction.ts';

/** A transaction that isn't saved yet, or a caller that waits for those before. */
interface Waiting {
  readonly changes: readonly Change[];
  readonly undo: () => void;
  readonly onSaved: () => void;
  readonly onFailed: (reason: NotSaved) => void;
}

/**
 * Writes one batch at a time; transactions that arrive meanwhile form the next batch, so that many
 * share one write.
 *
 * When a batch fails, all unsaved transactions are undone at once, the last first: the later ones
 * have read what is undone. Then the queue continues.
 *
 * @param save - writes changes, all or nothing
 * @param explain - describes why that failed
 */
export const createWriteQueue = (
  save: (changes: readonly Change[]) => Promise<void>,
  explain: (error: unknown) => NotSaved,
): Store => {
  let waiting: Waiting[] = [];
  let busy = false;
  let closed = false;
  let idle = Promise.resolve();

  const writeAll = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const changes = batch.flatMap((one) => one.changes);
        if (changes.length > 0) await save(changes);
        for (const one of batch) one.onSaved();
      } catch (error) {
        const failed = [...batch, ...waiting];
        waiting = [];
        undoAll(failed, explain(error));
      }
    }
    busy = false;
  };

  return {
    write: (changes, undo) => {
      if (changes.length === 0 && !busy) return Promise.resolve();
      if (closed) {
        undo();
        return Promise.reject(new NotSaved('The server is stopping. Nothing was changed.'));
      }
      return new Promise((onSaved, failed) => {
        waiting.push({ changes, undo, onSaved, onFailed: failed });
        if (!busy) idle = writeAll();
      });
    },
    close: () => {
      closed = true;
      return idle;
    },
  };
};

const undoAll = (failed: readonly Waiting[], reason: NotSaved): void => {
  for (const one of failed.toReversed()) one.undo();
  for (const one of failed) one.onFailed(reason);
};

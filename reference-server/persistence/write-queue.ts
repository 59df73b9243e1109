import { type Change, NotKept, type Store } from '../state/transaction.ts';

/** A transaction that isn't saved yet, or a caller that waits for those before. */
interface Waiting {
  readonly changes: readonly Change[];
  readonly undo: () => void;
  readonly kept: () => void;
  readonly lost: (reason: NotKept) => void;
}

/**
 * Writes one batch at a time; transactions that arrive meanwhile form the next batch, so that many
 * share one write.
 *
 * When a batch fails, all unsaved transactions are undone at once, the last first: the later ones
 * have read what is undone. Then the queue continues.
 *
 * @param keep - writes changes, all or nothing
 * @param explain - describes why that failed
 */
export const createWriteQueue = (
  keep: (changes: readonly Change[]) => Promise<void>,
  explain: (error: unknown) => NotKept,
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
        if (changes.length > 0) await keep(changes);
        for (const one of batch) one.kept();
      } catch (error) {
        const lost = [...batch, ...waiting];
        waiting = [];
        takeBack(lost, explain(error));
      }
    }
    busy = false;
  };

  return {
    write: (changes, undo) => {
      if (changes.length === 0 && !busy) return Promise.resolve();
      if (closed) {
        undo();
        return Promise.reject(new NotKept('The server is stopping. Nothing was changed.'));
      }
      return new Promise((kept, lost) => {
        waiting.push({ changes, undo, kept, lost });
        if (!busy) idle = writeAll();
      });
    },
    close: () => {
      closed = true;
      return idle;
    },
  };
};

const takeBack = (lost: readonly Waiting[], reason: NotKept): void => {
  for (const one of lost.toReversed()) one.undo();
  for (const one of lost) one.lost(reason);
};

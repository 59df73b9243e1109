import type { Change, Outcome } from './state/journal.ts';
import type { State } from './state/state.ts';
import type { Store } from './state/store.ts';
import type { Services } from './services.ts';
import { recordEvents } from './webhooks/events.ts';
import { defaultQueueLimits, type QueueLimits } from './webhooks/schedule.ts';

/**
 * Does synchronous work whole or not at all, with the events that it causes, and resolves with its
 * result when all that an answer could tell of it is kept.
 *
 * @throws what the work throws, and NotKept; nothing has changed then
 */
export type Commit = <T>(work: () => T) => Promise<T>;

/**
 * @param wake - is told the changes of each commit when they are kept
 * @param limits - how many events may wait for an endpoint
 */
export const createCommit =
  (
    state: State,
    store: Store,
    services: Services,
    wake: (changes: readonly Change[]) => void,
    limits: QueueLimits = defaultQueueLimits,
  ): Commit =>
  async <T>(work: () => T) => {
    let outcome: Outcome<T>;
    try {
      outcome = state.transact(() => {
        const done = work();
        recordEvents(state, services, limits);
        return done;
      });
    } catch (error) {
      // A refusal too can tell of what was changed before it, and waits until that is kept.
      await store.write([], () => undefined);
      throw error;
    }
    const { result, changes, undo } = outcome;
    await store.write(changes, undo);
    wake(changes);
    return result;
  };

import { setMaxListeners } from 'node:events';
import type { Services } from '../runtime/services.ts';
import type { DeliveryAttempt, PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { Change, Commit } from '../state/transaction.ts';
import { formatEntry, recordAttempt } from './attempt-results.ts';
import { attempt } from './attempt.ts';
import { type DeliverySchedule, pausedUntil } from './retry-schedule.ts';

/** Delivers the queued events, independent of responses (LG-WEB-036). */
export interface Dispatcher {
  /** Starts the deliveries among these changes, which are saved. */
  readonly wake: (changes: readonly Change[]) => void;
  /** Starts all pending deliveries, which an earlier server left. */
  readonly resume: () => void;
  /**
   * Sends pending deliveries without retries, and resolves with the number of deliveries that are
   * left.
   *
   * @param grace - how long that may take, in milliseconds
   */
  readonly close: (grace: number) => Promise<number>;
}

export interface DispatcherParts {
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
  readonly schedule: DeliverySchedule;
  /** Prints a line about each new entry of the delivery log. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The queue of one endpoint: one delivery at a time, in the order of their causes (LG-WEB-040). */
interface EndpointQueue {
  readonly organizationId: string;
  readonly endpointId: string;
}

export const createDispatcher = (parts: DispatcherParts): Dispatcher => {
  const { state } = parts;
  const closing = new AbortController();
  const graceOver = new AbortController();
  // Each active endpoint listens to both, so many listeners are no leak.
  setMaxListeners(0, closing.signal, graceOver.signal);
  const running = new Map<string, Promise<void>>();

  const start = (queue: EndpointQueue): void => {
    if (running.has(queue.endpointId)) return;
    const end = sendQueue(queue, parts, closing.signal, graceOver.signal).then(
      () => {
        running.delete(queue.endpointId);
        // A delivery may have been added meanwhile.
        if (!closing.signal.aborted && headOf(queue, state)) start(queue);
      },
      (error: unknown) => {
        running.delete(queue.endpointId);
        parts.services.logError(`Deliveries to ${queue.endpointId} stopped: ${String(error)}`);
      },
    );
    running.set(queue.endpointId, end);
  };

  return {
    wake: (changes) => {
      if (parts.log) logNewEntries(changes, state, parts.log);
      for (const { table, organizationId, after } of changes) {
        if (table !== 'pendingDeliveries' || organizationId === undefined || !after) continue;
        start({ organizationId, endpointId: (after as PendingDelivery).endpoint_id });
      }
    },
    resume: () => {
      for (const { id: organizationId, pendingDeliveries } of state.organizations.rows) {
        for (const { endpoint_id } of pendingDeliveries.rows) {
          start({ organizationId, endpointId: endpoint_id });
        }
      }
    },
    close: async (grace) => {
      closing.abort();
      const timer = setTimeout(() => {
        graceOver.abort();
      }, grace);
      await Promise.all(running.values());
      clearTimeout(timer);
      return countPending(state);
    },
  };
};

const countPending = ({ organizations }: State): number =>
  [...organizations.rows].reduce((sum, one) => sum + one.pendingDeliveries.rows.length, 0);

/** Logs the delivery log entries among saved changes. */
const logNewEntries = (
  changes: readonly Change[],
  { organizations }: State,
  log: (line: string) => void,
): void => {
  for (const { table, organizationId = '', after } of changes) {
    if (table !== 'deliveryAttempts' || !after) continue;
    const entry = after as DeliveryAttempt;
    const endpoints = organizations.get(organizationId)?.webhookEndpoints;
    log(formatEntry(entry, endpoints?.get(entry.endpoint_id)));
  }
};

/** Sends the deliveries of a queue until it is empty. */
const sendQueue = async (
  queue: EndpointQueue,
  parts: DispatcherParts,
  closing: AbortSignal,
  graceOver: AbortSignal,
): Promise<void> => {
  const { services, schedule } = parts;
  let hasPaused = false;
  for (let next = await savedHead(queue, parts); next; next = await savedHead(queue, parts)) {
    if (isAborted(graceOver)) return;
    const due: number | undefined = hasPaused
      ? undefined
      : pausedUntil(next.endpoint, services.clock.now(), schedule);
    hasPaused = due !== undefined;
    if (due !== undefined) {
      await services.clock.sleepUntil(due, closing);
      if (closing.aborted) return;
      // The first delivery may have changed meanwhile.
      continue;
    }
    const limits = { timeout: schedule.timeout, stop: graceOver };
    const result = await attempt(next.endpoint, next.delivery, services, limits);
    // Stopping the server is no failure of the receiver: the next server tries again.
    if (isAborted(graceOver) && !result.delivered) return;
    const nextAttempt = await recordAttempt(queue.organizationId, next.delivery, result, parts);
    if (nextAttempt === undefined) continue;
    await services.clock.sleepUntil(nextAttempt, closing);
    if (closing.aborted) return;
  }
};

/** A function, since TypeScript would assume that `aborted` doesn't change across an await. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

interface Head {
  readonly endpoint: WebhookEndpoint;
  readonly delivery: PendingDelivery;
}

/** The oldest delivery of a queue, once it is saved and can't be undone any more. */
const savedHead = async (
  queue: EndpointQueue,
  { state, commit }: DispatcherParts,
): Promise<Head | undefined> => {
  for (let head = headOf(queue, state); head; head = headOf(queue, state)) {
    const { id } = head.delivery;
    await commit(() => undefined).catch(() => undefined);
    if (headOf(queue, state)?.delivery.id === id) return head;
  }
  return undefined;
};

/** Undefined too if the organisation is deleted: it sends no more webhooks. */
const headOf = (
  { organizationId, endpointId }: EndpointQueue,
  { organizations }: State,
): Head | undefined => {
  const organization = organizations.get(organizationId);
  const endpoint = organization?.webhookEndpoints.get(endpointId);
  const delivery = organization?.pendingDeliveries.firstBy('endpoint', endpointId);
  return endpoint && delivery && { endpoint, delivery };
};

import { type Services, timestamp } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { PendingDelivery } from '../state/records.ts';
import type { Rows } from '../state/sequence.ts';
import { addToLog } from './attempt-results.ts';
import { endpointState } from './retry-schedule.ts';

/** An event for all endpoints. */
export type OutgoingEvent = Pick<PendingDelivery, 'event_id' | 'event_type' | 'body'>;

/**
 * Queues an event for each endpoint of an organisation, in the current transaction. If a queue is
 * full, the second oldest event is dropped: the newest is the most useful to a receiver, and the
 * first may be in progress.
 */
export const enqueue = (
  organization: Organization,
  event: OutgoingEvent,
  limits: QueueLimits,
  services: Services,
): void => {
  const { webhookEndpoints, pendingDeliveries } = organization;
  const own = Buffer.byteLength(event.body);
  for (const { id: endpoint_id } of [...webhookEndpoints.rows]) {
    const queue = pendingDeliveries.by('endpoint', endpoint_id);
    const total = (queue.at(queue.length - 1)?.size?.total ?? 0) + own;
    const size = { own, total };
    pendingDeliveries.insert({ ...event, id: services.newId(), endpoint_id, attempts: 0, size });
    dropExcess(organization, endpoint_id, limits, services);
  }
};

const dropExcess = (
  organization: Organization,
  endpointId: string,
  limits: QueueLimits,
  services: Services,
): void => {
  const { pendingDeliveries } = organization;
  for (;;) {
    const queue = pendingDeliveries.by('endpoint', endpointId);
    const isFull = queue.length > limits.events || queuedBytes(queue) > limits.bytes;
    // The new one itself stays, even if it is too large.
    const dropped = queue.length > 2 && isFull ? queue.at(1) : undefined;
    if (!dropped) return;
    pendingDeliveries.remove(dropped.id);
    recordDropped(organization, dropped, limits, services);
  }
};

/**
 * The total size of the bodies in a queue. Works because only the first or second is ever removed.
 */
export const queuedBytes = (queue: Rows<PendingDelivery>): number => {
  const own = (index: number): number => queue.at(index)?.size?.own ?? 0;
  const total = (index: number): number => queue.at(index)?.size?.total ?? 0;
  if (queue.length < 2) return own(0);
  return own(0) + own(1) + total(queue.length - 1) - total(1);
};

const recordDropped = (
  organization: Organization,
  dropped: PendingDelivery,
  limits: QueueLimits,
  { clock, newId }: Services,
): void => {
  const endpoint = organization.webhookEndpoints.get(dropped.endpoint_id);
  if (!endpoint) return;
  const { count, inARow } = endpoint.dropped ?? { count: 0, inARow: 0 };
  organization.webhookEndpoints.replace({
    ...endpoint,
    dropped: { count: count + 1, inARow: inARow + 1 },
  });
  if (inARow > 0) return;
  const { endpoint_id, event_id, event_type } = dropped;
  addToLog(organization, {
    ...{ id: newId(), endpoint_id, event_id, event_type },
    // The second of a queue was never attempted.
    ...{ attempt: 0, status: null, delivered: false },
    attempted_at: timestamp(clock.now()),
    reason: describeDropped(limits),
    ...{ outcome: 'dropped', next_attempt_at: null, endpoint_state: endpointState(endpoint) },
  });
};

const describeDropped = ({ events, bytes }: QueueLimits): string =>
  `Dropped without being sent: at most ${events} events and ${bytes} bytes may wait for an ` +
  'endpoint, and the second oldest is dropped. Until the queue is empty, further drops are only ' +
  'counted, in the list of endpoints. Fix the receiver, or make it respond sooner.';

/** The maximum size of an endpoint's queue. */
export interface QueueLimits {
  readonly events: number;
  /** The total size of their bodies. */
  readonly bytes: number;
}

export const defaultQueueLimits: QueueLimits = { events: 10_000, bytes: 32 * 1024 ** 2 };

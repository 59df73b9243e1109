import { type Services, timestamp } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { DeliveryAttempt, PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { Commit } from '../state/transaction.ts';
import type { AttemptResult } from './attempt.ts';
import { formatAddress } from './endpoint-address.ts';
import {
  decideNextStep,
  type DeliverySchedule,
  endpointState,
  type NextStep,
} from './retry-schedule.ts';
import { logLimits } from './transcript.ts';

interface RecordParts {
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
  readonly schedule: DeliverySchedule;
}

/**
 * Records an attempt in the delivery log, removes the delivery if it was received or failed for the
 * last time, and pauses or resumes its endpoint (LG-WEB-037 to LG-WEB-039).
 *
 * @returns the time of the next attempt; undefined if there is none, or the endpoint is paused
 */
export const recordAttempt = async (
  organizationId: string,
  delivery: PendingDelivery,
  result: AttemptResult,
  { state, services, commit, schedule }: RecordParts,
): Promise<number | undefined> => {
  const now = services.clock.now();
  try {
    return await commit(() => {
      const organization = state.organizations.get(organizationId);
      const endpoint = organization?.webhookEndpoints.get(delivery.endpoint_id);
      if (!organization || !endpoint) return undefined;
      const { pendingDeliveries, webhookEndpoints } = organization;
      const waiting = pendingDeliveries.by('endpoint', endpoint.id).length - 1;
      const { delivered } = result;
      const next = decideNextStep({ endpoint, delivery, delivered, waiting, now }, schedule);
      addToLog(organization, {
        ...logEntryOf(delivery, result, next, now),
        id: services.newId(),
      });
      if (next.nextAttempt === null) pendingDeliveries.remove(delivery.id);
      else pendingDeliveries.replace({ ...delivery, attempts: delivery.attempts + 1 });
      if (!isSame(endpoint, next.endpoint)) webhookEndpoints.replace(next.endpoint);
      return next.endpoint.paused ? undefined : (next.nextAttempt ?? undefined);
    });
  } catch (error) {
    // The delivery stays pending and is sent again: an event may arrive twice, but never gets lost.
    services.logError(
      `An attempt to deliver ${delivery.event_id} was not recorded: ${String(error)}`,
    );
    return now + schedule.retryDelays[0];
  }
};

/** True for most events: they are received, and leave their endpoint unchanged. */
const isSame = (before: WebhookEndpoint, after: WebhookEndpoint): boolean =>
  before.failures === after.failures &&
  before.paused === after.paused &&
  before.dropped === after.dropped;

/** Creates the log entry of an attempt. */
const logEntryOf = (
  { endpoint_id, event_id, event_type, attempts }: PendingDelivery,
  { status, delivered, reason, request, response: answer }: AttemptResult,
  { endpoint, outcome, nextAttempt, note }: NextStep,
  now: number,
): Omit<DeliveryAttempt, 'id'> => ({
  ...{ endpoint_id, event_id, event_type, attempt: attempts + 1, status, delivered },
  attempted_at: timestamp(now),
  reason: note === '' ? reason : `${reason} ${note}`,
  outcome,
  next_attempt_at: nextAttempt === null ? null : timestamp(nextAttempt),
  endpoint_state: endpointState(endpoint),
  ...{ request, answer },
});

/** Adds an entry to the log, which keeps the newest only. */
export const addToLog = ({ deliveryAttempts }: Organization, entry: DeliveryAttempt): void => {
  deliveryAttempts.insert(entry);
  while (deliveryAttempts.rows.length > logLimits.entries) {
    const oldest = deliveryAttempts.rows.at(0);
    if (oldest) deliveryAttempts.remove(oldest.id);
  }
};

/** An entry as a readable line. */
export const formatEntry = (
  entry: DeliveryAttempt,
  endpoint: WebhookEndpoint | undefined,
): string => {
  const { attempted_at, event_type, attempt, reason = '' } = entry;
  const place = endpoint ? ` to ${formatAddress(endpoint.url)}` : '';
  const which = attempt === 0 ? '' : `, attempt ${attempt}`;
  return `${attempted_at} webhook ${event_type}${place}${which}: ${reason}`;
};

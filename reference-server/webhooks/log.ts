import { timestamp } from '../services.ts';
import type { Organization } from '../state/organization.ts';
import type { DeliveryAttempt, PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import { showAddress } from './address.ts';
import type { AttemptResult } from './attempt.ts';
import { stateOf, type Course } from './course.ts';
import { logLimits } from './schedule.ts';

/** An attempt as the log has it. */
export const entryOf = (
  { endpoint_id, event_id, event_type, attempts }: PendingDelivery,
  { status, delivered, reason, request, answer }: AttemptResult,
  { endpoint, outcome, nextAttempt, note }: Course,
  now: number,
): Omit<DeliveryAttempt, 'id'> => ({
  ...{ endpoint_id, event_id, event_type, attempt: attempts + 1, status, delivered },
  attempted_at: timestamp(now),
  reason: note === '' ? reason : `${reason} ${note}`,
  outcome,
  next_attempt_at: nextAttempt === null ? null : timestamp(nextAttempt),
  endpoint_state: stateOf(endpoint),
  ...{ request, answer },
});

/** Puts an entry into the log, which keeps the newest only. */
export const addToLog = ({ deliveryAttempts }: Organization, entry: DeliveryAttempt): void => {
  deliveryAttempts.insert(entry);
  while (deliveryAttempts.rows.length > logLimits.entries) {
    const oldest = deliveryAttempts.rows.at(0);
    if (oldest) deliveryAttempts.remove(oldest.id);
  }
};

/** An entry as a line for people. */
export const sayEntry = (entry: DeliveryAttempt, endpoint: WebhookEndpoint | undefined): string => {
  const { attempted_at, event_type, attempt, reason = '' } = entry;
  const place = endpoint ? ` to ${showAddress(endpoint.url)}` : '';
  const which = attempt === 0 ? '' : `, attempt ${attempt}`;
  return `${attempted_at} webhook ${event_type}${place}${which}: ${reason}`;
};

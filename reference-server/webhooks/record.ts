import type { Commit } from '../commit.ts';
import type { Services } from '../services.ts';
import type { PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { AttemptResult } from './attempt.ts';
import { courseOf } from './course.ts';
import { addToLog, entryOf } from './log.ts';
import type { DeliverySchedule } from './schedule.ts';

interface RecordParts {
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
  readonly schedule: DeliverySchedule;
}

/**
 * Notes an attempt in the delivery log, takes a delivery off the way that was received or has failed
 * for the last time, and pauses or resumes its endpoint (LG-WEB-037 to LG-WEB-039).
 *
 * @returns the moment of the next attempt; undefined if there is none, or the endpoint is paused
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
      const course = courseOf({ endpoint, delivery, delivered, waiting, now }, schedule);
      addToLog(organization, { ...entryOf(delivery, result, course, now), id: services.newId() });
      if (course.nextAttempt === null) pendingDeliveries.remove(delivery.id);
      else pendingDeliveries.replace({ ...delivery, attempts: delivery.attempts + 1 });
      if (!isSame(endpoint, course.endpoint)) webhookEndpoints.replace(course.endpoint);
      return course.endpoint.paused ? undefined : (course.nextAttempt ?? undefined);
    });
  } catch (error) {
    // It stays on its way as it was, and is sent again: an event may come twice, never not at all.
    services.complain(`An attempt to deliver ${delivery.event_id} was not noted: ${String(error)}`);
    return now + schedule.pauses[0];
  }
};

/** Most events are received, and change nothing about their endpoint. */
const isSame = (before: WebhookEndpoint, after: WebhookEndpoint): boolean =>
  before.failures === after.failures &&
  before.paused === after.paused &&
  before.dropped === after.dropped;

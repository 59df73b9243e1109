import type { Commit } from '../commit.ts';
import { timestamp, type Services } from '../services.ts';
import type { Organization } from '../state/organization.ts';
import type { PendingDelivery } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { AttemptResult } from './attempt.ts';
import type { DeliverySchedule } from './schedule.ts';

interface LogParts {
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
  readonly schedule: DeliverySchedule;
}

/**
 * Notes an attempt in the delivery log, and takes a delivery off the way that was received or has
 * failed for the last time (LG-WEB-037 to LG-WEB-039).
 *
 * @returns the moment of the next attempt; undefined if there is none
 */
export const recordAttempt = async (
  organizationId: string,
  delivery: PendingDelivery,
  result: AttemptResult,
  { state, services, commit, schedule }: LogParts,
): Promise<number | undefined> => {
  const pause = result.delivered ? undefined : schedule.pauses[delivery.attempts];
  const now = services.clock.now();
  try {
    await commit(() => {
      const organization = state.organizations.get(organizationId);
      if (!organization) return;
      note(organization, delivery, {
        ...result,
        attempted_at: timestamp(now),
        id: services.newId(),
      });
      if (pause === undefined) organization.pendingDeliveries.remove(delivery.id);
      else organization.pendingDeliveries.replace({ ...delivery, attempts: delivery.attempts + 1 });
    });
    return pause === undefined ? undefined : now + pause;
  } catch (error) {
    // It stays on its way as it was, and is sent again: an event may come twice, never not at all.
    services.complain(`An attempt to deliver ${delivery.event_id} was not noted: ${String(error)}`);
    return now + schedule.pauses[0];
  }
};

const note = (
  { deliveryAttempts }: Organization,
  { endpoint_id, event_id, event_type, attempts }: PendingDelivery,
  attempt: AttemptResult & { readonly id: string; readonly attempted_at: string },
): void => {
  deliveryAttempts.insert({
    ...attempt,
    ...{ endpoint_id, event_id, event_type },
    attempt: attempts + 1,
  });
};

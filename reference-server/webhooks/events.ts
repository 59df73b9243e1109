import type { EventType } from '../../openapi/contract.ts';
import type { webhooks } from '../../openapi/generated/types.ts';
import { timestamp, type Services } from '../services.ts';
import type { Dossier, Note } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { readHappenings, type Happening } from './happenings.ts';
import { enqueue, type OutgoingEvent } from './queue.ts';
import type { QueueLimits } from './schedule.ts';

/** What the contract lets an event carry. */
type DataOf<Type extends EventType> =
  webhooks[Type]['post']['requestBody']['content']['application/json']['data'];

/** Whether something causes an event, and what the event then carries: the subject as it is now. */
type Cause<Type extends EventType> = (happening: Happening) => DataOf<Type> | undefined;

const dossierIf =
  (holds: (before: Dossier | undefined, after: Dossier) => boolean) =>
  (happening: Happening): Dossier | undefined =>
    happening.of === 'dossier' && holds(happening.before, happening.after)
      ? happening.after
      : undefined;

/**
 * What causes which event (LG-WEB-010 to LG-WEB-034), in the order in which the events of one
 * change are sent (LG-WEB-041). An event that the contract gains doesn't compile until it is here.
 *
 * Events follow from what has changed, not from who changed it, so that no operation can forget
 * one, and none is sent for what was undone.
 */
const causes: { readonly [Type in EventType]: Cause<Type> } = {
  'dossier.created': dossierIf((before) => !before),
  'dossier.updated': dossierIf((before) => before !== undefined),
  'dossier.stage_changed': dossierIf(
    (before, after) => before !== undefined && before.current_stage_id !== after.current_stage_id,
  ),
  'dossier.deleted': dossierIf(
    (before, after) =>
      before !== undefined && before.status !== after.status && after.status === 'archived',
  ),
  'note.created': (happening): Note | undefined =>
    happening.of === 'note' ? happening.note : undefined,
};

/**
 * Puts the events that the running transaction causes on their way: one delivery for each of the
 * organisation's endpoints, part of the same transaction (LG-WEB-024, LG-WEB-025, LG-WEB-035).
 */
export const recordEvents = (state: State, services: Services, limits: QueueLimits): void => {
  for (const happening of readHappenings(state)) {
    if (happening.organization.webhookEndpoints.rows.length === 0) continue;
    for (const [type, cause] of Object.entries(causes) as [EventType, Cause<EventType>][]) {
      const data = cause(happening);
      if (data === undefined) continue;
      enqueue(happening.organization, write(type, data, services), limits, services);
    }
  }
};

const write = (
  event_type: EventType,
  data: DataOf<EventType>,
  { clock, newId }: Services,
): OutgoingEvent => {
  const event_id = `evt_${newId().replaceAll('-', '')}`;
  const created_at = timestamp(clock.now());
  const body = JSON.stringify({ id: event_id, type: event_type, created_at, data });
  return { event_id, event_type, body };
};

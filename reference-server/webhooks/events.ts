import type { EventType } from '../../openapi/contract.ts';
import type { webhooks } from '../../openapi/generated/types.ts';
import { type Services, timestamp } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { Cv, Dossier, Note } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { Change } from '../state/transaction.ts';
import { enqueue, type OutgoingEvent, type QueueLimits } from './queue.ts';

/** The `data` of an event in the contract. */
type DataOf<Type extends EventType> =
  webhooks[Type]['post']['requestBody']['content']['application/json']['data'];

/** Returns the event's data, which is the current subject, if the change causes the event. */
type Cause<Type extends EventType> = (change: SubjectChange) => DataOf<Type> | undefined;

const dossierIf =
  (holds: (before: Dossier | undefined, after: Dossier) => boolean) =>
  (change: SubjectChange): Dossier | undefined =>
    change.of === 'dossier' && holds(change.before, change.after) ? change.after : undefined;

/**
 * The cause of each event (LG-WEB-010 to LG-WEB-034), in the order in which the events of one
 * change are sent (LG-WEB-041). A new event of the contract doesn't compile until it is listed
 * here.
 *
 * Events are derived from the changed rows, not from the operations, so that no operation can
 * forget one, and none is sent for undone changes.
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
  'note.created': (change): Note | undefined => (change.of === 'note' ? change.note : undefined),
};

/**
 * Queues the events that the current transaction causes: one delivery for each of the
 * organisation's endpoints, in the same transaction (LG-WEB-024, LG-WEB-025, LG-WEB-035).
 */
export const recordEvents = (state: State, services: Services, limits: QueueLimits): void => {
  for (const change of readSubjectChanges(state)) {
    if (change.organization.webhookEndpoints.rows.length === 0) continue;
    for (const [type, cause] of Object.entries(causes) as [EventType, Cause<EventType>][]) {
      const data = cause(change);
      if (data === undefined) continue;
      enqueue(change.organization, write(type, data, services), limits, services);
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

/** The net change of a dossier or note in a transaction. */
type SubjectChange = { readonly organization: Organization } & (
  | {
      readonly of: 'dossier';
      /** Undefined for a new one. */
      readonly before: Dossier | undefined;
      /** The same row as before if only its CV has changed. */
      readonly after: Dossier;
    }
  | { readonly of: 'note'; readonly note: Note }
);

/** Reads the changed subjects from the changes of the current transaction, in order. */
const readSubjectChanges = (state: State): SubjectChange[] => {
  const changes = state.changes();
  if (changes.length === 0) return [];
  const subjects = new Map<string, SubjectChange>();
  for (const change of changes) {
    const organization = state.organizations.get(change.organizationId ?? '');
    if (!organization || !change.after) continue;
    const { id } = change.after;
    const subject = subjectReaders[change.table]?.(organization, change, subjects.get(id));
    if (subject) subjects.set(id, subject);
  }
  return [...subjects.values()];
};

type SubjectReader = (
  organization: Organization,
  change: Change,
  earlier: SubjectChange | undefined,
) => SubjectChange | undefined;

/** By table; changes of other tables cause no events (LG-WEB-033). */
const subjectReaders: Readonly<Record<string, SubjectReader>> = {
  dossiers: (organization, change, earlier) => {
    const after = change.after as Dossier;
    if (earlier?.of === 'dossier') return { ...earlier, after };
    const before = change.before as Dossier | undefined;
    return { of: 'dossier', organization, before, after };
  },
  // A CV has the id of its dossier.
  cvs: (organization, change, earlier) => {
    if (earlier) return earlier;
    const dossier = organization.dossiers.get((change.after as Cv).id);
    return dossier && { of: 'dossier', organization, before: dossier, after: dossier };
  },
  notes: (organization, change) => ({ of: 'note', organization, note: change.after as Note }),
};

import type { Change } from '../core/call.ts';
import { formatTimestamp, type Installation } from '../core/installation.ts';
import type { Dossier, Note } from '../core/records.ts';
import { only, showDossier, type Shown, showNote } from '../core/views.ts';

/** An event caused by a change. */
interface CausedEvent {
  readonly type: string;
  readonly dossier: Dossier;
  readonly note?: Note;
  /** The fields that the event is about. */
  readonly fields: readonly string[];
}

/** The events that a change causes, in order (LG-WEB-041). */
export const eventsCausedBy = (
  installation: Installation,
  change: Change,
): readonly CausedEvent[] => {
  const events = [...caused(installation, change)];
  const extraEvents = installation.variations.deliveries?.extraTypes
    ? [{ type: `${change.what}.internally`, dossier: change.dossier, fields: [] }]
    : [];
  if (installation.takes('LG-WEB-041', 1)) events.reverse();
  return [...events, ...extraEvents];
};

const caused = ({ takes }: Installation, change: Change): readonly CausedEvent[] => {
  const { dossier } = change;
  const eventOf = (type: string, ...fields: string[]): CausedEvent => ({ type, dossier, fields });
  const updated = eventOf('dossier.updated');
  switch (change.what) {
    case 'created':
      return [
        eventOf('dossier.created', 'type', 'name', 'status'),
        ...(change.withCv && takes('LG-WEB-028', 1) ? [eventOf('dossier.updated', 'cv_url')] : []),
        ...(takes('LG-WEB-028', 2) ? [stageChanged(dossier)] : []),
      ];
    case 'changed':
      return changed(takes, change);
    case 'deleted':
      return deleted(takes, change);
    case 'uploaded':
      return [eventOf('dossier.updated', 'cv_url')];
    case 'linked':
      return takes('LG-WEB-033', 1) ? [updated] : [];
    case 'primary-changed':
      return takes('LG-WEB-033', 2) ? [updated] : [];
    case 'contact-deleted':
      return takes('LG-WEB-033', 3) ? [updated] : [];
    case 'noted':
      return [
        { type: 'note.created', dossier, note: change.note, fields: [] },
        ...(takes('LG-WEB-034', 1) ? [updated] : []),
      ];
  }
};

const stageChanged = (dossier: Dossier): CausedEvent => ({
  ...{ type: 'dossier.stage_changed', dossier },
  fields: ['current_stage_id', 'status'],
});

const dossierDeleted = (dossier: Dossier): CausedEvent => ({
  ...{ type: 'dossier.deleted', dossier, fields: ['status'] },
});

const changed = (
  takes: Installation['takes'],
  { dossier, named, changed: fields }: Extract<Change, { what: 'changed' }>,
): readonly CausedEvent[] => {
  const always = takes('LG-WEB-030', 1);
  const touched = fields.length > 0 ? fields : named;
  const each = takes('LG-WEB-029', 1) && touched.length > 0 ? touched : ['all'];
  const updates = each.map((field): CausedEvent => {
    const about = field === 'all' ? [...touched] : [field];
    return { type: 'dossier.updated', dossier, fields: about };
  });
  const set = takes('LG-WEB-030', 2) && named.includes('current_stage_id');
  const archived = fields.includes('status') && dossier.status === 'archived';
  return [
    ...(fields.length > 0 || always ? updates : []),
    ...(fields.includes('current_stage_id') || set ? [stageChanged(dossier)] : []),
    ...(archived ? [dossierDeleted(dossier)] : []),
  ];
};

const deleted = (
  takes: Installation['takes'],
  { dossier, again }: Extract<Change, { what: 'deleted' }>,
): readonly CausedEvent[] => {
  if (again) return takes('LG-WEB-032', 1) ? [dossierDeleted(dossier)] : [];
  if (takes('LG-WEB-031', 1)) return [dossierDeleted(dossier)];
  return [{ type: 'dossier.updated', dossier, fields: ['status'] }, dossierDeleted(dossier)];
};

/** An event for one endpoint. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** Writes the body, with the state at the change or at the time of sending (LG-WEB-026). */
  readonly write: () => string;
}

/**
 * Prepares an event; `newId` is called again for each attempt if attempts have their own ids
 * (LG-WEB-005).
 */
export const buildMessage = (
  installation: Installation,
  event: CausedEvent,
  newId: () => string,
): Message => {
  const { takes, now } = installation;
  const [id, happenedAt] = [newId(), now()];
  const dataAtChange = dataOf(installation, event);
  const hasNewIds = takes('LG-WEB-005', 1);
  const write = (): string => {
    const isDatedBySending = takes('LG-WEB-008', 1);
    const data = takes('LG-WEB-026', 2) ? dataOf(installation, event) : dataAtChange;
    return writeJson(installation, {
      id: hasNewIds ? newId() : id,
      type: event.type,
      created_at: formatTimestamp(installation, isDatedBySending ? now() : happenedAt),
      ...(installation.variations.deliveries?.extraFields && {
        api_version: '2026-04',
        attempt: {},
      }),
      data,
    });
  };
  return { id, type: event.type, write };
};

const dataOf = (installation: Installation, event: CausedEvent): Shown => {
  const { takes, variations } = installation;
  const { dossier, note, fields } = event;
  const allFields = note
    ? showNote({ installation }, dossier, note)
    : showDossier({ installation }, dossier, 'event');
  const isShort = takes(note ? 'LG-WEB-027' : 'LG-WEB-026', 1) || variations.asInExamples;
  const data = isShort ? only(allFields, ['id', ...fields]) : allFields;
  return variations.deliveries?.extraFields ? { ...data, organization: { name: 'Home' } } : data;
};

/** Any layout is right, because the bytes that are sent are signed (LG-SIG-006). */
const writeJson = ({ variations }: Installation, event: Shown): string => {
  switch (variations.deliveries?.layout) {
    case 'indented':
      return `${JSON.stringify(event, null, 2)}\n`;
    case 'keys-reversed':
      return JSON.stringify(reversed(event));
    case 'escaped':
      return JSON.stringify(event).replace(/[^\x20-\x7e]/g, escape);
    case 'compact':
    case undefined:
      return JSON.stringify(event);
  }
};

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, reversed(one)] as const);
  return Object.fromEntries(entries.reverse());
};

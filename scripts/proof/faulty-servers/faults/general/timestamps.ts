import { onData, onResponse } from '../../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { inEvents } from '../../inject/deliveries.ts';
import { changeItems } from '../../inject/handlers.ts';

const createdAt = 'created_at';
const hour = 3_600_000;
/** The offset of India from UTC, in milliseconds. */
const indianOffset = 5.5 * hour;

/** A timestamp moved by some milliseconds, and still labelled as UTC. */
const shifted = (timestamp: unknown, by: number): unknown =>
  typeof timestamp === 'string'
    ? new Date(Date.parse(timestamp) + by).toISOString().replace(/\.\d+Z$/, 'Z')
    : timestamp;

const inLocalTime = (
  name: string,
  does: string,
  operations: readonly OperationId[],
  by: number,
): FaultyServer =>
  inHandlers(
    `answers/${name}`,
    'LG-GEN-056',
    does,
    changeItems(operations, (item) => {
      item[createdAt] = shifted(item[createdAt], by);
    }),
  );

const dossiers: readonly OperationId[] = [
  ...(['createDossier', 'getDossier', 'listDossiers', 'updateDossier'] as const),
];
const contacts: readonly OperationId[] = ['createContact', 'getContact', 'listContacts'];
const notes: readonly OperationId[] = ['createDossierNote', 'listDossierNotes'];

/** Timestamps in local time. */
export const clockFaults: readonly FaultyServer[] = [
  inLocalTime('dossiers-in-local-time', 'dates dossiers an hour ahead', dossiers, hour),
  inLocalTime('dossiers-far-ahead', 'dates dossiers in the time of India', dossiers, indianOffset),
  inLocalTime('contacts-in-local-time', 'dates contacts an hour ahead', contacts, hour),
  inLocalTime('contacts-behind', 'dates contacts two minutes behind', contacts, -120_000),
  inLocalTime('notes-in-local-time', 'dates notes an hour ahead', notes, hour),
  inLocalTime('notes-far-ahead', 'dates notes in the time of India', notes, indianOffset),
  inLocalTime(
    'list-in-local-time',
    'dates dossiers an hour behind in the list',
    ['listDossiers'],
    -hour,
  ),
  onWire(
    'answers/date-in-local-time',
    'LG-GEN-057',
    'has the local time in the Date header',
    onResponse('all', ({ headers }) => {
      headers.set('date', new Date(Date.now() + hour).toUTCString());
    }),
  ),
  onWire(
    'answers/date-of-start',
    'LG-GEN-057',
    'has the time of some hours ago in the Date header of creations',
    onResponse(['createDossier', 'createContact', 'createDossierNote'], ({ headers }) => {
      headers.set('date', new Date(Date.now() - 3 * hour).toUTCString());
    }),
  ),
  ...([hour, indianOffset] as const).map((by) =>
    inEvents(
      `answers/events-ahead-by-${String(by / 60_000)}`,
      'LG-GEN-058',
      `dates events ${String(by / 60_000)} minutes ahead`,
      (event) => ({ ...event, [createdAt]: String(shifted(event.created_at, by)) }),
    ),
  ),
  inEvents(
    'answers/note-events-in-local-time',
    'LG-GEN-058',
    'dates the events of notes an hour ahead',
    (event) =>
      event.type === 'note.created'
        ? { ...event, [createdAt]: String(shifted(event.created_at, hour)) }
        : event,
  ),
  inEvents(
    'answers/subjects-of-events-in-local-time',
    'LG-GEN-058',
    'dates the dossier in an event an hour ahead',
    (event) => {
      event.data[createdAt] = shifted(event.data[createdAt], hour);
      return event;
    },
  ),
];

export const timestampFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/local-moments',
    'LG-GEN-008',
    'tells in local time when a contact was created',
    changeItems(['createContact', 'listContacts', 'getContact'], (contact) => {
      contact[createdAt] = String(contact[createdAt]).replace('Z', '+02:00');
    }),
  ),
  inHandlers(
    'answers/moments-without-zone',
    'LG-GEN-008',
    'leaves out the time zone where it shows a single dossier',
    changeItems(['getDossier'], (dossier) => {
      dossier[createdAt] = String(dossier[createdAt]).replace('Z', '');
    }),
  ),
  onWire(
    'answers/moments-of-the-database',
    'LG-GEN-008',
    'tells of notes when they were added as its database writes it',
    onData(['createDossierNote', 'listDossierNotes'], (note) => {
      note[createdAt] = String(note[createdAt]).replace('T', ' ').replace('Z', '+00');
    }),
  ),
  inEvents(
    'answers/seconds-in-events',
    'LG-GEN-008',
    'tells in seconds when the dossier of an event was created',
    (event) => {
      const created = event.data[createdAt];
      if (typeof created === 'string') event.data[createdAt] = Date.parse(created) / 1000;
      return event;
    },
  ),
];

import type { EventType } from '../../../../../openapi/contract.ts';
import { Refusal } from '../../../../../reference-server/http/refusals.ts';
import type { WebhookEndpoint } from '../../../../../reference-server/state/records.ts';
import {
  type FaultyServer,
  faultyServer,
  inHandlers,
  type ServerInternals,
} from '../../faulty-server.ts';
import {
  eventIn,
  inEvents,
  onAttempt,
  onEvent,
  sendEvent,
  sendSecondEvent,
  signAgain,
  suppressEvent,
} from '../../inject/deliveries.ts';
import { changeReply } from '../../inject/handlers.ts';

const endpointsOf = ({ state }: ServerInternals): WebhookEndpoint[] =>
  [...state.organizations.rows].flatMap((one) => [...one.webhookEndpoints.rows]);

export const eventCauseFaults: readonly FaultyServer[] = [
  inEvents(
    'webhooks/no-shared-notes',
    'LG-WEB-023',
    'sends nothing for a note that is shared',
    (event) =>
      event.type === 'note.created' && event.data['is_internal'] === false ? undefined : event,
  ),
  faultyServer(
    'webhooks/note-twice',
    'LG-WEB-023',
    'sends one event for a note and one for its dossier',
    sendSecondEvent(({ type }) => (type === 'note.created' ? {} : undefined)),
  ),
  faultyServer(
    'webhooks/first-note-only',
    'LG-WEB-023',
    'tells of the first note of a dossier only',
    (internals) => {
      const noted = new Set<unknown>();
      return {
        deliver: onEvent(internals, (event) => {
          if (event.type !== 'note.created') return event;
          if (noted.has(event.data['dossier_id'])) return undefined;
          noted.add(event.data['dossier_id']);
          return event;
        }),
      };
    },
  ),
  inEvents(
    'webhooks/no-large-notes',
    'LG-WEB-023',
    'sends no events of more than 32 KB',
    (event) => (JSON.stringify(event).length > 32_768 ? undefined : event),
  ),
  faultyServer(
    'webhooks/notes-of-archived-untold',
    'LG-WEB-023',
    'tells of no notes of what is archived',
    (internals) => {
      const gone = new Set<unknown>();
      return {
        deliver: onEvent(internals, (event) => {
          if (event.type === 'dossier.deleted') gone.add(event.data['id']);
          return event.type === 'note.created' && gone.has(event.data['dossier_id'])
            ? undefined
            : event;
        }),
      };
    },
  ),
  faultyServer(
    'webhooks/to-everybody',
    'LG-WEB-024',
    'sends every event to all endpoints',
    (internals) => ({
      deliver: onAttempt((attempt) =>
        endpointsOf(internals).map(({ url }) => signAgain(internals, { ...attempt, url })),
      ),
    }),
  ),
  faultyServer(
    'webhooks/notes-to-the-first',
    'LG-WEB-024',
    'sends the notes of all to the first endpoint too',
    (internals) => ({
      deliver: onAttempt((attempt) => {
        const [first] = endpointsOf(internals);
        const strange =
          eventIn(attempt).type === 'note.created' && first && first.url !== attempt.url;
        return strange
          ? [signAgain(internals, { ...attempt, url: first.url }), attempt]
          : [attempt];
      }),
    }),
  ),
  faultyServer(
    'webhooks/reading-told',
    'LG-WEB-025',
    'tells of a dossier that is read that it was updated',
    (internals) => sendEventOn(internals, 'getDossier', 'dossier.updated'),
  ),
  faultyServer(
    'webhooks/listing-told',
    'LG-WEB-025',
    'tells of all notes that are listed',
    (internals) => sendEventOn(internals, 'listDossierNotes', 'note.created'),
  ),
  inHandlers(
    'webhooks/rolled-back-told',
    'LG-WEB-025',
    'tells of a dossier before its CV is stored',
    (own) => ({
      createDossier: (call) => {
        try {
          return own.createDossier(call);
        } catch (failure) {
          const { organization, body, newId, clock } = call;
          const isRolledBack = !(failure instanceof Refusal);
          if (isRolledBack)
            sendEvent(organization, 'dossier.created', { ...body, id: newId() }, clock.now());
          throw failure;
        }
      },
    }),
  ),
  inHandlers(
    'webhooks/deleted-with-contact',
    'LG-WEB-025',
    'tells of a deleted contact as of its dossiers',
    (own) => ({
      deleteContact: (call) => {
        const { organization, params, clock } = call;
        const links = [...organization.links.by('contact', params.id)];
        const reply = own.deleteContact(call);
        for (const { dossier_id } of links) {
          sendEvent(
            organization,
            'dossier.deleted',
            { id: dossier_id, status: 'archived' },
            clock.now(),
          );
        }
        return reply;
      },
    }),
  ),
];

/** Sends an event about each item that an operation returns. */
const sendEventOn = (
  internals: ServerInternals,
  operation: 'getDossier' | 'listDossierNotes',
  type: EventType,
) => ({
  handlers: changeReply(operation, ({ data }, { organization, clock }) => {
    for (const one of [data].flat()) sendEvent(organization, type, one, clock.now());
  })(internals.own),
});

export const archivingEventFaults: readonly FaultyServer[] = [
  faultyServer(
    'webhooks/deletion-unseen',
    'LG-WEB-018',
    'tells of a deletion as of any other change',
    suppressEvent('archiveDossier', 'dossier.deleted', () => true),
  ),
  faultyServer(
    'webhooks/deletion-of-sales-unseen',
    'LG-WEB-018',
    'tells of no sale that is deleted',
    suppressEvent(
      'archiveDossier',
      'dossier.deleted',
      ({ organization, params: { id } }) => organization.dossiers.get(id)?.type === 'sales',
    ),
  ),
  faultyServer(
    'webhooks/archiving-unseen',
    'LG-WEB-019',
    'tells of deletions by DELETE only',
    suppressEvent('updateDossier', 'dossier.deleted', ({ body }) => body.status === 'archived'),
  ),
  faultyServer(
    'webhooks/archiving-of-won-unseen',
    'LG-WEB-019',
    'tells of no archiving of what was won',
    suppressEvent(
      'updateDossier',
      'dossier.deleted',
      ({ body, organization, params: { id } }) =>
        body.status === 'archived' && organization.dossiers.get(id)?.status === 'won',
    ),
  ),
  faultyServer(
    'webhooks/archiving-twice-told-once',
    'LG-WEB-019',
    'tells of the first archiving of a dossier only',
    (internals) => {
      const gone = new Set<unknown>();
      return {
        deliver: onEvent(internals, (event) => {
          if (event.type !== 'dossier.deleted') return event;
          if (gone.has(event.data['id'])) return undefined;
          gone.add(event.data['id']);
          return event;
        }),
      };
    },
  ),
  faultyServer(
    'webhooks/archiving-no-update',
    'LG-WEB-020',
    'tells of an archiving as a deletion only',
    suppressEvent('updateDossier', 'dossier.updated', ({ body }) => body.status === 'archived'),
  ),
  inEvents(
    'webhooks/archiving-of-sales-no-update',
    'LG-WEB-020',
    'tells of the archiving of a sale as a deletion only',
    (event) =>
      event.type === 'dossier.updated' &&
      event.data['status'] === 'archived' &&
      event.data['type'] === 'sales'
        ? undefined
        : event,
  ),
  faultyServer(
    'webhooks/deleted-when-lost',
    'LG-WEB-021',
    'has a lost dossier for a deleted one',
    sendSecondEvent(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'lost'
        ? { type: 'dossier.deleted' }
        : undefined,
    ),
  ),
  faultyServer(
    'webhooks/deleted-when-restored',
    'LG-WEB-021',
    'tells of a restoration as of a deletion',
    (internals) => {
      const gone = new Set<unknown>();
      return sendSecondEvent(({ type, data }) => {
        if (type === 'dossier.deleted') gone.add(data['id']);
        const back = type === 'dossier.updated' && data['status'] !== 'archived';
        return back && gone.delete(data['id']) ? { type: 'dossier.deleted' } : undefined;
      })(internals);
    },
  ),
  faultyServer(
    'webhooks/deleted-when-renamed-in-archive',
    'LG-WEB-021',
    'tells of a new name for an archived dossier as of a deletion',
    (internals) => {
      const names = new Map<unknown, unknown>();
      return sendSecondEvent(({ type, data: { id, name, status } }) => {
        if (!type.startsWith('dossier.')) return undefined;
        const renamed = names.has(id) && names.get(id) !== name;
        names.set(id, name);
        return renamed && type === 'dossier.updated' && status === 'archived'
          ? { type: 'dossier.deleted' }
          : undefined;
      })(internals);
    },
  ),
  faultyServer(
    'webhooks/restoration-unseen',
    'LG-WEB-022',
    'sends nothing for a restoration',
    suppressEvent(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status !== 'archived' && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
  faultyServer(
    'webhooks/restoration-to-won-unseen',
    'LG-WEB-022',
    'sends nothing where a dossier is restored as won',
    suppressEvent(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status === 'won' && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
];

/** Events about changes that were refused or failed. */
export const refusedChangeEventFaults: readonly FaultyServer[] = [
  inHandlers(
    'webhooks/failed-upload-told',
    'LG-WEB-025',
    'tells of an upload before the CV is stored',
    (own) => ({
      uploadDossierCv: (call) => {
        try {
          return own.uploadDossierCv(call);
        } catch (failure) {
          const { organization, params, clock } = call;
          if (!(failure instanceof Refusal))
            sendEvent(organization, 'dossier.updated', { id: params.id }, clock.now());
          throw failure;
        }
      },
    }),
  ),
  inHandlers(
    'webhooks/refused-move-told',
    'LG-WEB-025',
    'tells of a move before it looks for the stage',
    (own) => ({
      updateDossier: (call) => {
        try {
          return own.updateDossier(call);
        } catch (refusal) {
          const { organization, params, body, clock } = call;
          const { current_stage_id: stage } = body;
          const data = { id: params.id, current_stage_id: stage, status: 'active' };
          const isMove = stage !== undefined && organization.dossiers.get(params.id) !== undefined;
          if (isMove) sendEvent(organization, 'dossier.stage_changed', data, clock.now());
          throw refusal;
        }
      },
    }),
  ),
];

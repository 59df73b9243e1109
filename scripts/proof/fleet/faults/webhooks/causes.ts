import type { EventType } from '../../../../../openapi/contract.ts';
import { Refusal } from '../../../../../reference-server/http/refusal.ts';
import type { WebhookEndpoint } from '../../../../../reference-server/state/records.ts';
import { eventIn, onAttempt, onEvent, signAnew } from '../../bend/deliveries.ts';
import { inEvents, sendBeside, tell } from '../../bend/events.ts';
import { bendReply } from '../../bend/replies.ts';
import { fault, inHandlers, type Fault, type Ground } from '../../fault.ts';

const endpointsOf = ({ state }: Ground): WebhookEndpoint[] =>
  [...state.organizations.rows].flatMap((one) => [...one.webhookEndpoints.rows]);

export const causes: readonly Fault[] = [
  inEvents(
    'webhooks/no-shared-notes',
    'LG-WEB-023',
    'sends nothing for a note that is shared',
    (event) =>
      event.type === 'note.created' && event.data['is_internal'] === false ? undefined : event,
  ),
  fault(
    'webhooks/note-twice',
    'LG-WEB-023',
    'sends one event for a note and one for its dossier',
    sendBeside(({ type }) => (type === 'note.created' ? {} : undefined)),
  ),
  fault(
    'webhooks/first-note-only',
    'LG-WEB-023',
    'tells of the first note of a dossier only',
    (ground) => {
      const noted = new Set<unknown>();
      return {
        deliver: onEvent(ground, (event) => {
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
  fault(
    'webhooks/notes-of-archived-untold',
    'LG-WEB-023',
    'tells of no notes of what is archived',
    (ground) => {
      const gone = new Set<unknown>();
      return {
        deliver: onEvent(ground, (event) => {
          if (event.type === 'dossier.deleted') gone.add(event.data['id']);
          return event.type === 'note.created' && gone.has(event.data['dossier_id'])
            ? undefined
            : event;
        }),
      };
    },
  ),
  fault('webhooks/to-everybody', 'LG-WEB-024', 'sends every event to all endpoints', (ground) => ({
    deliver: onAttempt((attempt) =>
      endpointsOf(ground).map(({ url }) => signAnew(ground, { ...attempt, url })),
    ),
  })),
  fault(
    'webhooks/notes-to-the-first',
    'LG-WEB-024',
    'sends the notes of all to the first endpoint too',
    (ground) => ({
      deliver: onAttempt((attempt) => {
        const [first] = endpointsOf(ground);
        const strange =
          eventIn(attempt).type === 'note.created' && first && first.url !== attempt.url;
        return strange ? [signAnew(ground, { ...attempt, url: first.url }), attempt] : [attempt];
      }),
    }),
  ),
  fault(
    'webhooks/reading-told',
    'LG-WEB-025',
    'tells of a dossier that is read that it was updated',
    (ground) => tellOf(ground, 'getDossier', 'dossier.updated'),
  ),
  fault('webhooks/listing-told', 'LG-WEB-025', 'tells of all notes that are listed', (ground) =>
    tellOf(ground, 'listDossierNotes', 'note.created'),
  ),
  inHandlers(
    'webhooks/rolled-back-told',
    'LG-WEB-025',
    'tells of a dossier before its CV is stored',
    (own) => ({
      createDossier: (asked) => {
        try {
          return own.createDossier(asked);
        } catch (failure) {
          const { organization, body, newId, clock } = asked;
          const isRolledBack = !(failure instanceof Refusal);
          if (isRolledBack)
            tell(organization, 'dossier.created', { ...body, id: newId() }, clock.now());
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
      deleteContact: (asked) => {
        const { organization, params, clock } = asked;
        const links = [...organization.links.by('contact', params.id)];
        const reply = own.deleteContact(asked);
        for (const { dossier_id } of links) {
          tell(
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

/** Sends an event about what an operation shows. */
const tellOf = (ground: Ground, operation: 'getDossier' | 'listDossierNotes', type: EventType) => ({
  handlers: bendReply(operation, ({ data }, { organization, clock }) => {
    for (const one of [data].flat()) tell(organization, type, one, clock.now());
  })(ground.own),
});

import { findByEmail } from '../../../../../reference-server/contacts/rules.ts';
import type { Dossier } from '../../../../../reference-server/state/records.ts';
import { type FaultyServer, faultyServer } from '../../faulty-server.ts';
import { inEvents, onEvent, sendSecondEvent, suppressEvent } from '../../inject/deliveries.ts';
import type { CallOf } from '../../inject/handlers.ts';

const names = (body: object) => Object.keys(body).sort().join();

export const changeEventFaults: readonly FaultyServer[] = [
  inEvents('webhooks/no-sales', 'LG-WEB-010', 'tells of new candidates only', (event) =>
    event.type === 'dossier.created' && event.data['type'] === 'sales' ? undefined : event,
  ),
  inEvents(
    'webhooks/no-creation-with-cv',
    'LG-WEB-010',
    'tells of a new CV only, not of its dossier',
    (event) =>
      event.type === 'dossier.created' && event.data['cv_url'] !== null
        ? { ...event, type: 'dossier.updated' }
        : event,
  ),
  faultyServer(
    'webhooks/created-again',
    'LG-WEB-010',
    'tells of a restored dossier as of a new one',
    sendSecondEvent(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'active' && data['cv_url'] !== null
        ? { type: 'dossier.created' }
        : undefined,
    ),
  ),
  faultyServer(
    'webhooks/no-change-to-nothing',
    'LG-WEB-012',
    'sends nothing where a field is emptied',
    suppressEvent('updateDossier', 'dossier.updated', ({ body }) =>
      Object.values(body).every((value) => value === null),
    ),
  ),
  faultyServer(
    'webhooks/notes-unseen',
    'LG-WEB-012',
    'sees no change in intake notes',
    suppressEvent('updateDossier', 'dossier.updated', ({ body }) => names(body) === 'intake_notes'),
  ),
  faultyServer(
    'webhooks/zero-unseen',
    'LG-WEB-012',
    'sees no change where an amount becomes zero',
    suppressEvent('updateDossier', 'dossier.updated', ({ body }) => body.deal_size === 0),
  ),
  faultyServer(
    'webhooks/one-in-a-second',
    'LG-WEB-012',
    'sends one event a second about a dossier',
    (internals) => {
      const sent = new Set<string>();
      return {
        deliver: onEvent(internals, (event) => {
          if (event.type !== 'dossier.updated') return event;
          const key = `${event.created_at} ${String(event.data['id'])}`;
          if (sent.has(key)) return undefined;
          sent.add(key);
          return event;
        }),
      };
    },
  ),
  faultyServer(
    'webhooks/archived-changes-untold',
    'LG-WEB-012',
    'tells of no changes of what stays archived',
    suppressEvent(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status === undefined && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
  faultyServer(
    'webhooks/move-alone',
    'LG-WEB-013',
    'tells of a move alone as a move only',
    suppressEvent(
      'updateDossier',
      'dossier.updated',
      ({ body }) => names(body) === 'current_stage_id',
    ),
  ),
  faultyServer(
    'webhooks/move-of-sales-alone',
    'LG-WEB-013',
    'tells of the move of a sale as a move only',
    suppressEvent(
      'updateDossier',
      'dossier.updated',
      ({ body, params, organization }) =>
        body.current_stage_id !== undefined &&
        organization.dossiers.get(params.id)?.type === 'sales',
    ),
  ),
  faultyServer(
    'webhooks/upload-unseen',
    'LG-WEB-014',
    'sends nothing for an upload',
    suppressEvent('uploadDossierCv', 'dossier.updated', () => true),
  ),
  faultyServer(
    'webhooks/second-cv-unseen',
    'LG-WEB-014',
    'sends nothing for a CV in place of another, whose URL is the same',
    suppressEvent(
      'uploadDossierCv',
      'dossier.updated',
      ({ organization, params: { id } }) => organization.cvs.get(id) !== undefined,
    ),
  ),
  faultyServer(
    'webhooks/move-among-others',
    'LG-WEB-015',
    'tells of no move that comes with other changes',
    suppressEvent('updateDossier', 'dossier.stage_changed', ({ body }) =>
      names(body).includes(','),
    ),
  ),
  faultyServer(
    'webhooks/no-move-back',
    'LG-WEB-015',
    'tells of no move to a stage before',
    suppressEvent(
      'updateDossier',
      'dossier.stage_changed',
      ({ body, organization, params: { id } }) => {
        const dossier = organization.dossiers.get(id);
        const stages = organization.flows.get(dossier?.flow_id ?? '')?.stages ?? [];
        const place = (stage: string | undefined) => stages.findIndex((one) => one.id === stage);
        return place(body.current_stage_id) < place(dossier?.current_stage_id);
      },
    ),
  ),
  faultyServer(
    'webhooks/moved-by-status',
    'LG-WEB-016',
    'has every change of status for a move',
    sendSecondEvent(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'won'
        ? { type: 'dossier.stage_changed' }
        : undefined,
    ),
  ),
  faultyServer(
    'webhooks/moved-by-assignment',
    'LG-WEB-016',
    'has an assignment for a move',
    sendSecondEvent(({ type, data }) =>
      type === 'dossier.updated' && data['assigned_to'] !== null
        ? { type: 'dossier.stage_changed' }
        : undefined,
    ),
  ),
];

type Changes = CallOf<'updateDossier'>['body'];

/** Sends no `dossier.updated` for updates that meet a condition. */
const overlookChanges = (
  isOverlooked: (before: Dossier, changes: Changes) => boolean,
): FaultyServer['inject'] =>
  suppressEvent('updateDossier', 'dossier.updated', ({ body, organization, params: { id } }) => {
    const before = organization.dossiers.get(id);
    return before !== undefined && isOverlooked(before, body);
  });

/** Sends no `dossier.created` for creations that meet a condition. */
const suppressCreated =
  (isSuppressed: (call: CallOf<'createDossier'>) => boolean): FaultyServer['inject'] =>
  (internals) => {
    const quiet = new Set<unknown>();
    return {
      handlers: {
        createDossier: (call) => {
          const suppressed = isSuppressed(call);
          const reply = internals.own.createDossier(call);
          if (suppressed) quiet.add(reply.body.data.id);
          return reply;
        },
      },
      deliver: onEvent(internals, (event) =>
        event.type === 'dossier.created' && quiet.has(event.data['id']) ? undefined : event,
      ),
    };
  };

/** Events that are missing after updates to similar values, and after creations for known contacts. */
export const missedChangeFaults: readonly FaultyServer[] = [
  faultyServer(
    'webhooks/letter-case-unseen',
    'LG-WEB-012',
    'sees no change where only the letter case changes',
    overlookChanges(
      ({ name }, changes) =>
        changes.name !== undefined &&
        changes.name !== name &&
        changes.name.toLowerCase() === name.toLowerCase(),
    ),
  ),
  faultyServer(
    'webhooks/cents-unseen',
    'LG-WEB-012',
    'compares amounts in whole euros',
    overlookChanges(
      ({ deal_size: before }, { deal_size: after }) =>
        typeof before === 'number' &&
        typeof after === 'number' &&
        before !== after &&
        Math.trunc(before) === Math.trunc(after),
    ),
  ),
  faultyServer(
    'webhooks/reopening-unseen',
    'LG-WEB-012',
    'tells of no dossier that is opened again',
    overlookChanges(
      ({ status }, changes) => changes.status === 'active' && ['won', 'lost'].includes(status),
    ),
  ),
  faultyServer(
    'webhooks/lost-to-won-unseen',
    'LG-WEB-012',
    'takes what is lost and then won for closed as before',
    overlookChanges(({ status }, changes) => status === 'lost' && changes.status === 'won'),
  ),
  faultyServer(
    'webhooks/reassignment-unseen',
    'LG-WEB-012',
    'tells of the first member that a dossier is handed to, and of no other',
    overlookChanges(
      ({ assigned_to: before }, { assigned_to: after }) =>
        before !== null && typeof after === 'string' && before !== after,
    ),
  ),
  faultyServer(
    'webhooks/second-company-unseen',
    'LG-WEB-012',
    'tells of a company once there is one, and of no other in its place',
    overlookChanges(
      ({ company }, changes) =>
        company !== null && typeof changes.company === 'string' && changes.company !== company,
    ),
  ),
  faultyServer(
    'webhooks/creation-for-contact-unseen',
    'LG-WEB-010',
    'tells of no dossier that is created for a contact',
    suppressCreated(({ body }) => Boolean(body.contact_id)),
  ),
  faultyServer(
    'webhooks/creation-for-known-address-unseen',
    'LG-WEB-010',
    'tells of no dossier for an address that a contact has',
    suppressCreated(({ body, organization }) =>
      Boolean(body.email && findByEmail(organization, body.email)),
    ),
  ),
];

const isClosed = ({ organization, params: { id } }: CallOf<'updateDossier'>) =>
  ['won', 'lost'].includes(organization.dossiers.get(id)?.status ?? '');

/** Faults in events about dossiers that are won, lost or archived. */
export const closedDossierEventFaults: readonly FaultyServer[] = [
  faultyServer(
    'webhooks/moves-of-closed-unseen',
    'LG-WEB-015',
    'tells of no move of what is won or lost',
    suppressEvent('updateDossier', 'dossier.stage_changed', (call) => {
      const { body, organization, params } = call;
      const stage = organization.dossiers.get(params.id)?.current_stage_id;
      return (body.current_stage_id ?? stage) !== stage && isClosed(call);
    }),
  ),
  faultyServer(
    'webhooks/upload-to-lost-unseen',
    'LG-WEB-014',
    'tells of no CV of what is lost',
    suppressEvent(
      'uploadDossierCv',
      'dossier.updated',
      ({ organization, params: { id } }) => organization.dossiers.get(id)?.status === 'lost',
    ),
  ),
  faultyServer(
    'webhooks/second-deletion-unseen',
    'LG-WEB-018',
    'tells of one deletion only',
    (internals) => {
      const deleted = new Set<string>();
      return suppressEvent('archiveDossier', 'dossier.deleted', ({ params: { id } }) => {
        const again = deleted.has(id);
        deleted.add(id);
        return again;
      })(internals);
    },
  ),
  faultyServer(
    'webhooks/archiving-of-lost-among-others',
    'LG-WEB-019',
    'overlooks the archiving of what is lost where another field changes with it',
    suppressEvent(
      'updateDossier',
      'dossier.deleted',
      ({ body, organization, params: { id } }) =>
        body.status === 'archived' &&
        Object.keys(body).length > 1 &&
        organization.dossiers.get(id)?.status === 'lost',
    ),
  ),
];

import { findByEmail } from '../../../../../reference-server/contacts/rules.ts';
import type { Dossier } from '../../../../../reference-server/state/records.ts';
import { onEvent } from '../../bend/deliveries.ts';
import { keepQuiet } from '../../bend/events.ts';
import type { Asked } from '../../bend/replies.ts';
import { fault, type Fault } from '../../fault.ts';

type Changes = Asked<'updateDossier'>['body'];

/** Sees no change in some of them. */
const overlook = (isOverlooked: (before: Dossier, changes: Changes) => boolean): Fault['bend'] =>
  keepQuiet('updateDossier', 'dossier.updated', ({ body, organization, params: { id } }) => {
    const before = organization.dossiers.get(id);
    return before !== undefined && isOverlooked(before, body);
  });

/** Never tells of some dossiers that are created. */
const keepQuietOf =
  (isSo: (asked: Asked<'createDossier'>) => boolean): Fault['bend'] =>
  (ground) => {
    const quiet = new Set<unknown>();
    return {
      handlers: {
        createDossier: (asked) => {
          const so = isSo(asked);
          const reply = ground.own.createDossier(asked);
          if (so) quiet.add(reply.body.data.id);
          return reply;
        },
      },
      deliver: onEvent(ground, (event) =>
        event.type === 'dossier.created' && quiet.has(event.data['id']) ? undefined : event,
      ),
    };
  };

/** Values in place of others that are like them, and dossiers of those who are known. */
export const values: readonly Fault[] = [
  fault(
    'webhooks/letter-case-unseen',
    'LG-WEB-012',
    'sees no change where only the letter case changes',
    overlook(
      ({ name }, changes) =>
        changes.name !== undefined &&
        changes.name !== name &&
        changes.name.toLowerCase() === name.toLowerCase(),
    ),
  ),
  fault(
    'webhooks/cents-unseen',
    'LG-WEB-012',
    'compares amounts in whole euros',
    overlook(
      ({ deal_size: before }, { deal_size: after }) =>
        typeof before === 'number' &&
        typeof after === 'number' &&
        before !== after &&
        Math.trunc(before) === Math.trunc(after),
    ),
  ),
  fault(
    'webhooks/reopening-unseen',
    'LG-WEB-012',
    'tells of no dossier that is opened again',
    overlook(
      ({ status }, changes) => changes.status === 'active' && ['won', 'lost'].includes(status),
    ),
  ),
  fault(
    'webhooks/lost-to-won-unseen',
    'LG-WEB-012',
    'takes what is lost and then won for closed as before',
    overlook(({ status }, changes) => status === 'lost' && changes.status === 'won'),
  ),
  fault(
    'webhooks/reassignment-unseen',
    'LG-WEB-012',
    'tells of the first member that a dossier is handed to, and of no other',
    overlook(
      ({ assigned_to: before }, { assigned_to: after }) =>
        before !== null && typeof after === 'string' && before !== after,
    ),
  ),
  fault(
    'webhooks/second-company-unseen',
    'LG-WEB-012',
    'tells of a company once there is one, and of no other in its place',
    overlook(
      ({ company }, changes) =>
        company !== null && typeof changes.company === 'string' && changes.company !== company,
    ),
  ),
  fault(
    'webhooks/creation-for-contact-unseen',
    'LG-WEB-010',
    'tells of no dossier that is created for a contact',
    keepQuietOf(({ body }) => Boolean(body.contact_id)),
  ),
  fault(
    'webhooks/creation-for-known-address-unseen',
    'LG-WEB-010',
    'tells of no dossier for an address that a contact has',
    keepQuietOf(({ body, organization }) =>
      Boolean(body.email && findByEmail(organization, body.email)),
    ),
  ),
];

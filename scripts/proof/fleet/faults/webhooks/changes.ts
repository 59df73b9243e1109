import { inEvents, keepQuiet, sendBeside } from '../../bend/events.ts';
import { onEvent } from '../../bend/deliveries.ts';
import { fault, type Fault } from '../../fault.ts';

const names = (body: object) => Object.keys(body).sort().join();

export const changes: readonly Fault[] = [
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
  fault(
    'webhooks/created-again',
    'LG-WEB-010',
    'tells of a restored dossier as of a new one',
    sendBeside(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'active' && data['cv_url'] !== null
        ? { type: 'dossier.created' }
        : undefined,
    ),
  ),
  fault(
    'webhooks/no-change-to-nothing',
    'LG-WEB-012',
    'sends nothing where a field is emptied',
    keepQuiet('updateDossier', 'dossier.updated', ({ body }) =>
      Object.values(body).every((value) => value === null),
    ),
  ),
  fault(
    'webhooks/notes-unseen',
    'LG-WEB-012',
    'sees no change in intake notes',
    keepQuiet('updateDossier', 'dossier.updated', ({ body }) => names(body) === 'intake_notes'),
  ),
  fault(
    'webhooks/zero-unseen',
    'LG-WEB-012',
    'sees no change where an amount becomes zero',
    keepQuiet('updateDossier', 'dossier.updated', ({ body }) => body.deal_size === 0),
  ),
  fault(
    'webhooks/one-in-a-second',
    'LG-WEB-012',
    'sends one event a second about a dossier',
    (ground) => {
      const told = new Set<string>();
      return {
        deliver: onEvent(ground, (event) => {
          if (event.type !== 'dossier.updated') return event;
          const key = `${event.created_at} ${String(event.data['id'])}`;
          if (told.has(key)) return undefined;
          told.add(key);
          return event;
        }),
      };
    },
  ),
  fault(
    'webhooks/archived-changes-untold',
    'LG-WEB-012',
    'tells of no changes of what stays archived',
    keepQuiet(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status === undefined && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
  fault(
    'webhooks/move-alone',
    'LG-WEB-013',
    'tells of a move alone as a move only',
    keepQuiet('updateDossier', 'dossier.updated', ({ body }) => names(body) === 'current_stage_id'),
  ),
  fault(
    'webhooks/move-of-sales-alone',
    'LG-WEB-013',
    'tells of the move of a sale as a move only',
    keepQuiet(
      'updateDossier',
      'dossier.updated',
      ({ body, params, organization }) =>
        body.current_stage_id !== undefined &&
        organization.dossiers.get(params.id)?.type === 'sales',
    ),
  ),
  fault(
    'webhooks/upload-unseen',
    'LG-WEB-014',
    'sends nothing for an upload',
    keepQuiet('uploadDossierCv', 'dossier.updated', () => true),
  ),
  fault(
    'webhooks/second-cv-unseen',
    'LG-WEB-014',
    'sends nothing for a CV in place of another, whose URL is the same',
    keepQuiet(
      'uploadDossierCv',
      'dossier.updated',
      ({ organization, params: { id } }) => organization.cvs.get(id) !== undefined,
    ),
  ),
  fault(
    'webhooks/move-among-others',
    'LG-WEB-015',
    'tells of no move that comes with other changes',
    keepQuiet('updateDossier', 'dossier.stage_changed', ({ body }) => names(body).includes(',')),
  ),
  fault(
    'webhooks/no-move-back',
    'LG-WEB-015',
    'tells of no move to a stage before',
    keepQuiet(
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
  fault(
    'webhooks/moved-by-status',
    'LG-WEB-016',
    'has every change of status for a move',
    sendBeside(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'won'
        ? { type: 'dossier.stage_changed' }
        : undefined,
    ),
  ),
  fault(
    'webhooks/moved-by-assignment',
    'LG-WEB-016',
    'has an assignment for a move',
    sendBeside(({ type, data }) =>
      type === 'dossier.updated' && data['assigned_to'] !== null
        ? { type: 'dossier.stage_changed' }
        : undefined,
    ),
  ),
];

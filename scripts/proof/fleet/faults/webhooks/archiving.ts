import { inEvents, keepQuiet, sendBeside } from '../../bend/events.ts';
import { onEvent } from '../../bend/deliveries.ts';
import { fault, type Fault } from '../../fault.ts';

export const archiving: readonly Fault[] = [
  fault(
    'webhooks/deletion-unseen',
    'LG-WEB-018',
    'tells of a deletion as of any other change',
    keepQuiet('archiveDossier', 'dossier.deleted', () => true),
  ),
  fault(
    'webhooks/deletion-of-sales-unseen',
    'LG-WEB-018',
    'tells of no sale that is deleted',
    keepQuiet(
      'archiveDossier',
      'dossier.deleted',
      ({ organization, params: { id } }) => organization.dossiers.get(id)?.type === 'sales',
    ),
  ),
  fault(
    'webhooks/archiving-unseen',
    'LG-WEB-019',
    'tells of deletions by DELETE only',
    keepQuiet('updateDossier', 'dossier.deleted', ({ body }) => body.status === 'archived'),
  ),
  fault(
    'webhooks/archiving-of-won-unseen',
    'LG-WEB-019',
    'tells of no archiving of what was won',
    keepQuiet(
      'updateDossier',
      'dossier.deleted',
      ({ body, organization, params: { id } }) =>
        body.status === 'archived' && organization.dossiers.get(id)?.status === 'won',
    ),
  ),
  fault(
    'webhooks/archiving-twice-told-once',
    'LG-WEB-019',
    'tells of the first archiving of a dossier only',
    (ground) => {
      const gone = new Set<unknown>();
      return {
        deliver: onEvent(ground, (event) => {
          if (event.type !== 'dossier.deleted') return event;
          if (gone.has(event.data['id'])) return undefined;
          gone.add(event.data['id']);
          return event;
        }),
      };
    },
  ),
  fault(
    'webhooks/archiving-no-update',
    'LG-WEB-020',
    'tells of an archiving as a deletion only',
    keepQuiet('updateDossier', 'dossier.updated', ({ body }) => body.status === 'archived'),
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
  fault(
    'webhooks/deleted-when-lost',
    'LG-WEB-021',
    'has a lost dossier for a deleted one',
    sendBeside(({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'lost'
        ? { type: 'dossier.deleted' }
        : undefined,
    ),
  ),
  fault(
    'webhooks/deleted-when-restored',
    'LG-WEB-021',
    'tells of a restoration as of a deletion',
    (ground) => {
      const gone = new Set<unknown>();
      return sendBeside(({ type, data }) => {
        if (type === 'dossier.deleted') gone.add(data['id']);
        const back = type === 'dossier.updated' && data['status'] !== 'archived';
        return back && gone.delete(data['id']) ? { type: 'dossier.deleted' } : undefined;
      })(ground);
    },
  ),
  fault(
    'webhooks/deleted-when-renamed-in-archive',
    'LG-WEB-021',
    'tells of a new name for an archived dossier as of a deletion',
    (ground) => {
      const names = new Map<unknown, unknown>();
      return sendBeside(({ type, data: { id, name, status } }) => {
        if (!type.startsWith('dossier.')) return undefined;
        const renamed = names.has(id) && names.get(id) !== name;
        names.set(id, name);
        return renamed && type === 'dossier.updated' && status === 'archived'
          ? { type: 'dossier.deleted' }
          : undefined;
      })(ground);
    },
  ),
  fault(
    'webhooks/restoration-unseen',
    'LG-WEB-022',
    'sends nothing for a restoration',
    keepQuiet(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status !== 'archived' && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
  fault(
    'webhooks/restoration-to-won-unseen',
    'LG-WEB-022',
    'sends nothing where a dossier is restored as won',
    keepQuiet(
      'updateDossier',
      'dossier.updated',
      ({ body, organization, params: { id } }) =>
        body.status === 'won' && organization.dossiers.get(id)?.status === 'archived',
    ),
  ),
];

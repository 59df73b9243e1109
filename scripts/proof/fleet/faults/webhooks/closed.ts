import type { Asked } from '../../bend/replies.ts';
import { keepQuiet } from '../../bend/events.ts';
import { fault, type Fault } from '../../fault.ts';

const isClosed = ({ organization, params: { id } }: Asked<'updateDossier'>) =>
  ['won', 'lost'].includes(organization.dossiers.get(id)?.status ?? '');

/** What is done to dossiers that are won, lost or archived already. */
export const closed: readonly Fault[] = [
  fault(
    'webhooks/moves-of-closed-unseen',
    'LG-WEB-015',
    'tells of no move of what is won or lost',
    keepQuiet('updateDossier', 'dossier.stage_changed', (asked) => {
      const { body, organization, params } = asked;
      const stage = organization.dossiers.get(params.id)?.current_stage_id;
      return (body.current_stage_id ?? stage) !== stage && isClosed(asked);
    }),
  ),
  fault(
    'webhooks/upload-to-lost-unseen',
    'LG-WEB-014',
    'tells of no CV of what is lost',
    keepQuiet(
      'uploadDossierCv',
      'dossier.updated',
      ({ organization, params: { id } }) => organization.dossiers.get(id)?.status === 'lost',
    ),
  ),
  fault('webhooks/second-deletion-unseen', 'LG-WEB-018', 'tells of one deletion only', (ground) => {
    const deleted = new Set<string>();
    return keepQuiet('archiveDossier', 'dossier.deleted', ({ params: { id } }) => {
      const again = deleted.has(id);
      deleted.add(id);
      return again;
    })(ground);
  }),
  fault(
    'webhooks/archiving-of-lost-among-others',
    'LG-WEB-019',
    'overlooks the archiving of what is lost where another field changes with it',
    keepQuiet(
      'updateDossier',
      'dossier.deleted',
      ({ body, organization, params: { id } }) =>
        body.status === 'archived' &&
        Object.keys(body).length > 1 &&
        organization.dossiers.get(id)?.status === 'lost',
    ),
  ),
];

import type { OperationId } from '../../../../../openapi/contract.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { letPass, type Visit } from '../../bend/visits.ts';
import { fault, type Fault } from '../../fault.ts';

/** What lets in a key that lacks the scope: others that it holds, or whatever it is. */
type Instead = readonly string[] | 'anything';

const opened = (
  name: string,
  breaks: RequirementId,
  does: string,
  operation: OperationId,
  instead: Instead,
): Fault => {
  const suffices = ({ key }: Visit) =>
    key !== undefined &&
    (instead === 'anything' || instead.every((scope) => key.scopes.includes(scope)));
  return fault(
    `authentication/${name}`,
    breaks,
    does,
    letPass(
      (visit) => visit.operation === operation && visit.missing.length > 0 && suffices(visit),
    ),
  );
};

/** Operations that are open to keys without the scope that they need. */
export const needed: readonly Fault[] = [
  opened('writers-list', 'LG-AUT-029', 'lists dossiers for who may write them', 'listDossiers', [
    'dossiers:write',
  ]),
  opened(
    'readers-create',
    'LG-AUT-030',
    'creates dossiers for who may read them',
    'createDossier',
    ['dossiers:read'],
  ),
  opened(
    'note-readers-look',
    'LG-AUT-031',
    'shows a dossier to who may read its notes',
    'getDossier',
    ['notes:read'],
  ),
  opened(
    'contact-writers-change-dossiers',
    'LG-AUT-032',
    'lets who may write contacts change the details of dossiers',
    'updateDossier',
    ['contacts:write'],
  ),
  opened(
    'anybody-archives',
    'LG-AUT-034',
    'archives for any key, since nothing is lost by it',
    'archiveDossier',
    'anything',
  ),
  opened(
    'readers-upload',
    'LG-AUT-035',
    'takes CVs from who may read dossiers',
    'uploadDossierCv',
    ['dossiers:read'],
  ),
  opened(
    'contacts-for-dossiers',
    'LG-AUT-036',
    'lists contacts for who may read dossiers',
    'listContacts',
    ['dossiers:read'],
  ),
  opened(
    'contacts-by-the-way',
    'LG-AUT-037',
    'creates contacts for who may write dossiers, which creates them too',
    'createContact',
    ['dossiers:write'],
  ),
  opened(
    'contact-for-writers',
    'LG-AUT-038',
    'shows a contact to who may change it',
    'getContact',
    ['contacts:write'],
  ),
  opened(
    'contact-for-readers',
    'LG-AUT-039',
    'changes a contact for who may read it',
    'updateContact',
    ['contacts:read'],
  ),
  opened(
    'anybody-deletes',
    'LG-AUT-040',
    'looks for no scope where a contact is deleted',
    'deleteContact',
    'anything',
  ),
  opened(
    'links-for-dossiers',
    'LG-AUT-041',
    'lists the contacts of a dossier for who may read dossiers',
    'listDossierContacts',
    ['dossiers:read'],
  ),
  opened(
    'linked-with-one-scope',
    'LG-AUT-042',
    'links contacts for who may write dossiers alone',
    'linkDossierContact',
    ['dossiers:write'],
  ),
  opened(
    'unlinked-with-one-scope',
    'LG-AUT-043',
    'unlinks contacts for who may write contacts alone',
    'unlinkDossierContact',
    ['contacts:write'],
  ),
  opened(
    'flows-for-dossiers',
    'LG-AUT-044',
    'lists flows for who may read the dossiers in them',
    'listFlows',
    ['dossiers:read'],
  ),
  opened(
    'stages-for-all',
    'LG-AUT-045',
    'shows the stages of a flow to any key',
    'listFlowStages',
    'anything',
  ),
  opened(
    'notes-for-dossiers',
    'LG-AUT-046',
    'lists notes for who may read the dossier',
    'listDossierNotes',
    ['dossiers:read'],
  ),
  opened(
    'notes-by-dossiers',
    'LG-AUT-047',
    'adds notes for who may write dossiers',
    'createDossierNote',
    ['dossiers:write'],
  ),
];

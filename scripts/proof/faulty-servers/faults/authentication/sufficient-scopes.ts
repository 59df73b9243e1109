import type { OperationId } from '../../../../../openapi/contract.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { type FaultyServer, faultyServer } from '../../faulty-server.ts';
import { type IncomingRequest, jsonText, refuseWhen, sendsForm } from '../../inject/requests.ts';

/** A server that requires another scope for an operation, if a condition is met. */
const requiringScope = (
  name: string,
  breaks: RequirementId,
  does: string,
  operation: OperationId,
  scope: string,
  when: (incoming: IncomingRequest, body: string) => boolean = () => true,
): FaultyServer => {
  const lacks = ({ key }: IncomingRequest) => key !== undefined && !key.scopes.includes(scope);
  return faultyServer(
    `authentication/${name}`,
    breaks,
    does,
    refuseWhen(
      'forbidden',
      async (incoming) =>
        incoming.operation === operation &&
        lacks(incoming) &&
        when(incoming, await jsonText(incoming)),
    ),
  );
};

/** Operations that refuse keys with sufficient scopes. */
export const sufficientScopeFaults: readonly FaultyServer[] = [
  requiringScope(
    'dossier-with-contacts',
    'LG-AUT-021',
    'shows a dossier to those alone who may read contacts too',
    'getDossier',
    'contacts:read',
  ),
  requiringScope(
    'upload-answers-dossier',
    'LG-AUT-022',
    'takes a CV from those alone who may read the dossier that it answers with',
    'uploadDossierCv',
    'dossiers:read',
  ),
  requiringScope(
    'contacts-through-dossier',
    'LG-AUT-023',
    'lists the contacts of a dossier for those alone who may read dossiers too',
    'listDossierContacts',
    'dossiers:read',
  ),
  requiringScope(
    'deletion-of-links',
    'LG-AUT-024',
    'deletes contacts for those alone who may write dossiers, since links go with them',
    'deleteContact',
    'dossiers:write',
  ),
  requiringScope(
    'link-reads-contact',
    'LG-AUT-025',
    'links contacts for those alone who may read contacts as well',
    'linkDossierContact',
    'contacts:read',
  ),
  requiringScope(
    'stages-with-dossiers',
    'LG-AUT-026',
    'shows stages to those alone who may read dossiers',
    'listFlowStages',
    'dossiers:read',
  ),
  requiringScope(
    'notes-through-dossier',
    'LG-AUT-027',
    'lists notes for those alone who may read the dossier too',
    'listDossierNotes',
    'dossiers:read',
  ),
  requiringScope(
    'note-answered',
    'LG-AUT-028',
    'adds notes for those alone who may read them',
    'createDossierNote',
    'notes:read',
  ),
  requiringScope(
    'stage-filter',
    'LG-AUT-021',
    'filters by stage for those alone who may read flows',
    'listDossiers',
    'flows:read',
    ({ request }) => request.url.includes('stage_id='),
  ),
  requiringScope(
    'form-creates-contact',
    'LG-AUT-022',
    'takes forms from those alone who may write contacts',
    'createDossier',
    'contacts:write',
    sendsForm,
  ),
  requiringScope(
    'details-of-contact',
    'LG-AUT-022',
    'changes the e-mail address of a dossier for those alone who may write contacts',
    'updateDossier',
    'contacts:write',
    (_, body) => body.includes('"email"'),
  ),
  requiringScope(
    'moves-read-flows',
    'LG-AUT-022',
    'moves a dossier for those alone who may read flows',
    'updateDossier',
    'flows:read',
    (_, body) => body.includes('"current_stage_id"'),
  ),
  requiringScope(
    'flow-chosen',
    'LG-AUT-022',
    'creates dossiers in a flow that is named for those alone who may read flows',
    'createDossier',
    'flows:read',
    (_, body) => body.includes('"flow_id"'),
  ),
  requiringScope(
    'search-company',
    'LG-AUT-023',
    'searches contacts for those alone who may read dossiers',
    'listContacts',
    'dossiers:read',
    ({ request }) => request.url.includes('search='),
  ),
  requiringScope(
    'primary-demotes',
    'LG-AUT-025',
    'makes a contact primary for those alone who may read contacts as well',
    'linkDossierContact',
    'contacts:read',
    (_, body) => body.includes('"is_primary":true'),
  ),
];

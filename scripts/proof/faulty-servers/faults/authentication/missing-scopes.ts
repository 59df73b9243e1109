import { onResponse } from '../../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { type FaultyServer, faultyServer, onWire } from '../../faulty-server.ts';
import {
  admit,
  executeDespite,
  type IncomingRequest,
  jsonText,
  onIncoming,
  organizationHolding,
  sendsForm,
  withFullAccess,
} from '../../inject/requests.ts';

/** The scopes that are accepted in place of the required one. */
type SufficientScopes = readonly string[] | 'anything';

const openTo = (
  name: string,
  breaks: RequirementId,
  does: string,
  operation: OperationId,
  sufficient: SufficientScopes,
): FaultyServer => {
  const suffices = ({ key }: IncomingRequest) =>
    key !== undefined &&
    (sufficient === 'anything' || sufficient.every((scope) => key.scopes.includes(scope)));
  return faultyServer(
    `authentication/${name}`,
    breaks,
    does,
    admit(
      (incoming) =>
        incoming.operation === operation && incoming.missing.length > 0 && suffices(incoming),
    ),
  );
};

/** Operations that can be called without the required scope. */
export const neededScopeFaults: readonly FaultyServer[] = [
  openTo('writers-list', 'LG-AUT-029', 'lists dossiers for who may write them', 'listDossiers', [
    'dossiers:write',
  ]),
  openTo(
    'readers-create',
    'LG-AUT-030',
    'creates dossiers for who may read them',
    'createDossier',
    ['dossiers:read'],
  ),
  openTo(
    'note-readers-look',
    'LG-AUT-031',
    'shows a dossier to who may read its notes',
    'getDossier',
    ['notes:read'],
  ),
  openTo(
    'contact-writers-change-dossiers',
    'LG-AUT-032',
    'lets who may write contacts change the details of dossiers',
    'updateDossier',
    ['contacts:write'],
  ),
  openTo(
    'anybody-archives',
    'LG-AUT-034',
    'archives for any key, since nothing is lost by it',
    'archiveDossier',
    'anything',
  ),
  openTo(
    'readers-upload',
    'LG-AUT-035',
    'takes CVs from who may read dossiers',
    'uploadDossierCv',
    ['dossiers:read'],
  ),
  openTo(
    'contacts-for-dossiers',
    'LG-AUT-036',
    'lists contacts for who may read dossiers',
    'listContacts',
    ['dossiers:read'],
  ),
  openTo(
    'contacts-by-the-way',
    'LG-AUT-037',
    'creates contacts for who may write dossiers, which creates them too',
    'createContact',
    ['dossiers:write'],
  ),
  openTo(
    'contact-for-writers',
    'LG-AUT-038',
    'shows a contact to who may change it',
    'getContact',
    ['contacts:write'],
  ),
  openTo(
    'contact-for-readers',
    'LG-AUT-039',
    'changes a contact for who may read it',
    'updateContact',
    ['contacts:read'],
  ),
  openTo(
    'anybody-deletes',
    'LG-AUT-040',
    'looks for no scope where a contact is deleted',
    'deleteContact',
    'anything',
  ),
  openTo(
    'links-for-dossiers',
    'LG-AUT-041',
    'lists the contacts of a dossier for who may read dossiers',
    'listDossierContacts',
    ['dossiers:read'],
  ),
  openTo(
    'linked-with-one-scope',
    'LG-AUT-042',
    'links contacts for who may write dossiers alone',
    'linkDossierContact',
    ['dossiers:write'],
  ),
  openTo(
    'unlinked-with-one-scope',
    'LG-AUT-043',
    'unlinks contacts for who may write contacts alone',
    'unlinkDossierContact',
    ['contacts:write'],
  ),
  openTo(
    'flows-for-dossiers',
    'LG-AUT-044',
    'lists flows for who may read the dossiers in them',
    'listFlows',
    ['dossiers:read'],
  ),
  openTo(
    'stages-for-all',
    'LG-AUT-045',
    'shows the stages of a flow to any key',
    'listFlowStages',
    'anything',
  ),
  openTo(
    'notes-for-dossiers',
    'LG-AUT-046',
    'lists notes for who may read the dossier',
    'listDossierNotes',
    ['dossiers:read'],
  ),
  openTo(
    'notes-by-dossiers',
    'LG-AUT-047',
    'adds notes for who may write dossiers',
    'createDossierNote',
    ['dossiers:write'],
  ),
];

/** Admits keys that have a similar scope for each missing one. */
const admitSimilarScope = (
  alike: (missing: string, held: string) => boolean,
): FaultyServer['inject'] =>
  admit(
    ({ key, missing }) =>
      missing.length > 0 &&
      missing.every((one) => key?.scopes.some((held) => alike(one, held)) ?? false),
  );

const [resource, action] = [
  (scope: string) => scope.split(':')[0],
  (scope: string) => scope.split(':')[1],
];

/** Scopes that open too much, and requests that are refused but executed. */
export const missingScopeFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/no-scope-is-all',
    'LG-AUT-018',
    'lets a key do everything for which no scope was picked',
    admit(({ key }) => key?.scopes.length === 0),
  ),
  onWire(
    'authentication/forbidden-as-unknown',
    'LG-AUT-018',
    'says that something is not found where a scope is missing',
    onResponse('all', (answer) => {
      if (answer.status !== 403) return;
      answer.status = 404;
      answer.body = { error: { code: 'not_found', message: 'Not found.' } };
    }),
  ),
  faultyServer(
    'authentication/forms-unchecked',
    'LG-AUT-030',
    'looks for no scope where a form is sent',
    admit(
      (incoming) =>
        incoming.key !== undefined && incoming.missing.length > 0 && sendsForm(incoming),
    ),
  ),
  faultyServer(
    'authentication/write-reads',
    'LG-AUT-019',
    'lets who may write something read it too',
    admitSimilarScope(
      (missing, held) => action(held) === 'write' && resource(missing) === resource(held),
    ),
  ),
  faultyServer(
    'authentication/one-reads-all',
    'LG-AUT-019',
    'lets who may read one resource read all of them',
    admitSimilarScope((missing, held) => action(missing) === 'read' && action(held) === 'read'),
  ),
  faultyServer(
    'authentication/first-of-two',
    'LG-AUT-019',
    'looks for the first scope alone where an operation needs two',
    admit(
      ({ operation, missing, key }, { contract }) =>
        operation !== undefined &&
        missing.length > 0 &&
        key?.scopes.includes(contract.operations[operation].scopes[0] ?? '') === true,
    ),
  ),
  faultyServer(
    'authentication/done-without-scope',
    'LG-AUT-020',
    'refuses notes for want of a scope, and adds them all the same',
    executeDespite(403, ({ operation }) => operation === 'createDossierNote'),
  ),
  faultyServer(
    'authentication/done-without-key',
    'LG-AUT-020',
    'refuses who comes without a key, and unlinks the contact all the same',
    executeDespite(
      401,
      ({ operation }) => operation === 'unlinkDossierContact',
      organizationHolding,
    ),
  ),
  faultyServer(
    'authentication/form-kept',
    'LG-AUT-020',
    'creates the dossier of a form before it looks for scopes',
    executeDespite(403, sendsForm),
  ),
  faultyServer(
    'authentication/expired-but-done',
    'LG-AUT-020',
    'refuses expired keys, but does what they asked for',
    executeDespite(401, ({ key }) => key !== undefined),
  ),
  faultyServer(
    'authentication/moves-open',
    'LG-AUT-033',
    'moves dossiers between stages for keys that may read flows',
    onIncoming((internals) => async (incoming, fetch) => {
      const moves = (await jsonText(incoming)).includes('current_stage_id');
      const { key, operation } = incoming;
      const open = operation === 'updateDossier' && key?.scopes.includes('flows:read') === true;
      return fetch(
        open && moves && incoming.organization
          ? withFullAccess(internals, incoming.request, incoming.organization)
          : incoming.request,
      );
    }),
  ),
];

import { onResponse } from '../../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { Refusal } from '../../../../../reference-server/http/refusals.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import {
  type FaultyServer,
  faultyServer,
  onWire,
  type ServerInternals,
} from '../../faulty-server.ts';
import {
  type IncomingRequest,
  onIncoming,
  organizationHolding,
  refusalResponse,
  withFullAccess,
} from '../../inject/requests.ts';

type AnyHandle = (call: { readonly organization: Organization }) => { readonly body: unknown };

/** Looks in other organisations for ids that don't exist in that of the key. */
const searchOtherOrganizations =
  (
    operation: OperationId,
    when: (found: Organization) => boolean = () => true,
  ): FaultyServer['inject'] =>
  ({ own, state }) => {
    const handle = own[operation] as unknown as AnyHandle;
    const injection: AnyHandle = (call) => {
      for (const organization of [call.organization, ...state.organizations.rows]) {
        if (organization !== call.organization && !when(organization)) continue;
        try {
          return handle({ ...call, organization });
        } catch (error) {
          if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
        }
      }
      return handle(call);
    };
    return { handlers: { [operation]: injection } };
  };

/** The other organisation that has the ids in the path; undefined if the caller's own has them. */
const foreignHolder = (
  incoming: IncomingRequest,
  internals: ServerInternals,
): Organization | undefined => {
  const holder = organizationHolding(incoming, internals);
  return holder?.id === incoming.organization?.id ? undefined : holder;
};

/** Returns 404, but executes the operation in the other organisation. */
const actInOtherOrganization = (operations: readonly OperationId[]): FaultyServer['inject'] =>
  onIncoming((internals) => async (incoming, fetch) => {
    const again = incoming.request.clone();
    const response = await fetch(incoming.request);
    const foreign = response.status === 404 ? foreignHolder(incoming, internals) : undefined;
    const acts = incoming.operation !== undefined && operations.includes(incoming.operation);
    if (acts && foreign) await fetch(withFullAccess(internals, again, foreign));
    return response;
  });

const emptyList = { data: [], meta: { total: 0, page: 1, per_page: 25 } };

/** Faults with ids that don't exist, and ids of other organisations. */
export const unknownIdFaults: readonly FaultyServer[] = [
  onWire(
    'errors/no-notes-of-nothing',
    'LG-ERR-016',
    'lists no notes for a dossier that isn’t there',
    onResponse(['listDossierNotes'], (answer) => {
      if (answer.status !== 404) return;
      answer.status = 200;
      answer.body = emptyList;
    }),
  ),
  onWire(
    'errors/unlinked-already',
    'LG-ERR-016',
    'says that a contact that isn’t there is off the dossier',
    onResponse(['unlinkDossierContact'], (answer, { url }) => {
      if (answer.status !== 404) return;
      const [, dossier_id, contact_id] = /dossiers\/([^/]+)\/contacts\/([^/]+)/.exec(url) ?? [];
      answer.status = 200;
      answer.body = { data: { dossier_id, contact_id, unlinked: true } };
    }),
  ),
  onWire(
    'errors/unknown-as-invalid',
    'LG-ERR-016',
    'refuses the id of nothing as invalid where a contact is changed',
    onResponse(['updateContact'], (answer) => {
      if (answer.status !== 404) return;
      answer.status = 400;
      answer.body = { error: { code: 'invalid_body', message: 'No contact has this id.' } };
    }),
  ),
  faultyServer(
    'errors/notes-of-others',
    'LG-ERR-017',
    'lists the notes of any dossier, whoever has it',
    searchOtherOrganizations('listDossierNotes'),
  ),
  faultyServer(
    'errors/stages-of-others',
    'LG-ERR-017',
    'shows the stages of any flow, whoever has it',
    searchOtherOrganizations('listFlowStages'),
  ),
  faultyServer(
    'errors/archived-of-others',
    'LG-ERR-017',
    'shows archived dossiers of others',
    ({ own, state }) => ({
      handlers: {
        getDossier: (call) => {
          for (const { dossiers } of state.organizations.rows) {
            const data = dossiers.get(call.params.id);
            if (data?.status === 'archived') return { body: { data } };
          }
          return own.getDossier(call);
        },
      },
    }),
  ),
  faultyServer(
    'errors/link-of-others',
    'LG-ERR-017',
    'unlinks contacts on a dossier of others',
    searchOtherOrganizations('unlinkDossierContact'),
  ),
  faultyServer(
    'errors/forbidden-to-others',
    'LG-ERR-018',
    'forbids what others have, where nothing is not found',
    onIncoming((internals) => async (incoming, fetch) => {
      const response = await fetch(incoming.request);
      const foreign = response.status === 404 && foreignHolder(incoming, internals)?.dossiers;
      const isRead = incoming.operation === 'getDossier' && foreign;
      const [, id = ''] = /dossiers\/([^/]+)/.exec(incoming.request.url) ?? [];
      return isRead && foreign.get(id) ? refusalResponse(internals, 'forbidden') : response;
    }),
  ),
  faultyServer(
    'errors/archived-elsewhere',
    'LG-ERR-019',
    'says that a dossier of others is not found, and archives it',
    actInOtherOrganization(['archiveDossier']),
  ),
  faultyServer(
    'errors/noted-elsewhere',
    'LG-ERR-019',
    'says that a dossier of others is not found, and adds the note to it',
    actInOtherOrganization(['createDossierNote']),
  ),
  faultyServer(
    'errors/uploaded-elsewhere',
    'LG-ERR-019',
    'says that a dossier of others is not found, and puts the CV there',
    actInOtherOrganization(['uploadDossierCv']),
  ),
];

import type { OperationId } from '../openapi/contract.ts';
import { createDossier } from './dossiers/create-dossier.ts';
import { getDossier } from './dossiers/get-dossier.ts';
import { listDossiers } from './dossiers/list-dossiers.ts';
import { listFlowStages } from './flows/list-flow-stages.ts';
import { listFlows } from './flows/list-flows.ts';
import type { Handler } from './http/handler.ts';

/** What this server answers 404 to, saying so. */
type NotServedYet =
  | 'updateDossier'
  | 'archiveDossier'
  | 'uploadDossierCv'
  | 'listContacts'
  | 'createContact'
  | 'getContact'
  | 'updateContact'
  | 'deleteContact'
  | 'listDossierContacts'
  | 'linkDossierContact'
  | 'unlinkDossierContact'
  | 'listDossierNotes'
  | 'createDossierNote';

type Handlers = { readonly [Id in Exclude<OperationId, NotServedYet>]: Handler<Id> };

/** Who serves which operation; a missing or misshapen handler doesn't compile. */
export const handlers = {
  listDossiers,
  createDossier,
  getDossier,
  listFlows,
  listFlowStages,
} satisfies Handlers;

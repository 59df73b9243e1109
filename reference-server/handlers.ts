import type { OperationId } from '../openapi/contract.ts';
import { createContact } from './contacts/create-contact.ts';
import { deleteContact } from './contacts/delete-contact.ts';
import { getContact } from './contacts/get-contact.ts';
import { listContacts } from './contacts/list-contacts.ts';
import { updateContact } from './contacts/update-contact.ts';
import { archiveDossier } from './dossiers/archive-dossier.ts';
import { createDossier } from './dossiers/create-dossier.ts';
import { getDossier } from './dossiers/get-dossier.ts';
import { listDossiers } from './dossiers/list-dossiers.ts';
import { updateDossier } from './dossiers/update-dossier.ts';
import { uploadDossierCv } from './dossiers/upload-dossier-cv.ts';
import { listFlowStages } from './flows/list-flow-stages.ts';
import { listFlows } from './flows/list-flows.ts';
import type { Handler } from './http/handler.ts';
import { linkDossierContact } from './links/link-dossier-contact.ts';
import { listDossierContacts } from './links/list-dossier-contacts.ts';
import { unlinkDossierContact } from './links/unlink-dossier-contact.ts';
import { createDossierNote } from './notes/create-dossier-note.ts';
import { listDossierNotes } from './notes/list-dossier-notes.ts';

type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Who serves which operation; a missing or misshapen handler doesn't compile. */
export const handlers: Handlers = {
  listDossiers,
  createDossier,
  getDossier,
  updateDossier,
  archiveDossier,
  uploadDossierCv,
  listContacts,
  createContact,
  getContact,
  updateContact,
  deleteContact,
  listDossierContacts,
  linkDossierContact,
  unlinkDossierContact,
  listFlows,
  listFlowStages,
  listDossierNotes,
  createDossierNote,
};

import {
  createContact,
  deleteContact,
  getContact,
  listContacts,
  updateContact,
} from './contacts/handlers.ts';
import {
  archiveDossier,
  createDossier,
  getDossier,
  listDossiers,
  updateDossier,
  uploadDossierCv,
} from './dossiers/handlers.ts';
import { listFlows, listFlowStages } from './flows/handlers.ts';
import type { OperationHandlers } from './http/handler.ts';
import { linkDossierContact, listDossierContacts, unlinkDossierContact } from './links/handlers.ts';
import { createDossierNote, listDossierNotes } from './notes/handlers.ts';

/** The handlers by operation; a missing one, or one of the wrong type, doesn't compile. */
export const handlers: OperationHandlers = {
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

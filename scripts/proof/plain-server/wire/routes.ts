import type { Operation } from '../call.ts';
import type { Scope } from '../facts.ts';
import * as contacts from '../operations/contacts.ts';
import { createDossier } from '../operations/create-dossier.ts';
import * as flows from '../operations/flows.ts';
import * as links from '../operations/links.ts';
import { listDossiers } from '../operations/list-dossiers.ts';
import * as notes from '../operations/notes.ts';
import * as others from '../operations/other-dossiers.ts';
import { updateDossier } from '../operations/update-dossier.ts';

/** An operation, and what a request for it looks like. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly name: string;
  readonly operation: Operation;
  readonly scopes: readonly Scope[];
  /** The media types of its body; none where it takes no body. */
  readonly media: readonly string[];
  /** The query parameters that it knows. */
  readonly parameters: readonly string[];
}

interface Detail {
  readonly media?: readonly string[];
  readonly parameters?: readonly string[];
}

const route = (
  request: string,
  operation: Readonly<Record<string, Operation>>,
  scopes: readonly Scope[],
  { media = [], parameters = [] }: Detail = {},
): Route => {
  const [method = '', path = ''] = request.split(' ');
  const [[name, run] = []] = Object.entries(operation);
  if (name === undefined || run === undefined) throw new Error(`${request} has no operation.`);
  const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
  return { method, pattern, name, operation: run, scopes, media, parameters };
};

const json = { media: ['application/json'] };
const forms = { media: ['application/json', 'multipart/form-data'] };
const files = { media: ['multipart/form-data', 'application/pdf'] };
const paging = ['page', 'per_page'];
const paged = { parameters: paging };

const { listContacts, createContact, getContact, updateContact, deleteContact } = contacts;
const { getDossier, archiveDossier, uploadDossierCv } = others;
const { listDossierContacts, linkDossierContact, unlinkDossierContact } = links;
const { listFlows, listFlowStages } = flows;
const { listDossierNotes, createDossierNote } = notes;
const both: readonly Scope[] = ['contacts:write', 'dossiers:write'];

export const routes: readonly Route[] = [
  route('GET /dossiers', { listDossiers }, ['dossiers:read'], {
    parameters: ['type', 'status', 'stage_id', ...paging],
  }),
  route('POST /dossiers', { createDossier }, ['dossiers:write'], forms),
  route('GET /dossiers/:id', { getDossier }, ['dossiers:read']),
  route('PATCH /dossiers/:id', { updateDossier }, ['dossiers:write'], json),
  route('DELETE /dossiers/:id', { archiveDossier }, ['dossiers:write']),
  route('POST /dossiers/:id/cv', { uploadDossierCv }, ['dossiers:write'], files),
  route('GET /contacts', { listContacts }, ['contacts:read'], {
    parameters: ['kind', 'pool', 'search', ...paging],
  }),
  route('POST /contacts', { createContact }, ['contacts:write'], json),
  route('GET /contacts/:id', { getContact }, ['contacts:read']),
  route('PATCH /contacts/:id', { updateContact }, ['contacts:write'], json),
  route('DELETE /contacts/:id', { deleteContact }, ['contacts:write']),
  route('GET /dossiers/:id/contacts', { listDossierContacts }, ['contacts:read'], paged),
  route('POST /dossiers/:id/contacts', { linkDossierContact }, both, json),
  route('DELETE /dossiers/:id/contacts/:contact_id', { unlinkDossierContact }, both),
  route('GET /flows', { listFlows }, ['flows:read'], { parameters: ['type', ...paging] }),
  route('GET /flows/:id/stages', { listFlowStages }, ['flows:read'], paged),
  route('GET /dossiers/:id/notes', { listDossierNotes }, ['notes:read'], paged),
  route('POST /dossiers/:id/notes', { createDossierNote }, ['notes:write'], json),
];

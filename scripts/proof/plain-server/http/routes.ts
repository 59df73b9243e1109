import type { Operation } from '../core/call.ts';
import type { Installation } from '../core/installation.ts';
import type { Scope } from '../core/records.ts';
import { Refusal, formatMessage } from '../core/refusals.ts';
import * as contacts from '../operations/contacts.ts';
import { createDossier } from '../operations/create-dossier.ts';
import * as dossiers from '../operations/dossiers.ts';
import { listDossiers, updateDossier } from '../operations/dossiers.ts';
import * as links from '../operations/links-notes-flows.ts';

/** An operation and its route. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly name: string;
  readonly operation: Operation;
  readonly scopes: readonly Scope[];
  /** The media types of its body; empty if it has none. */
  readonly media: readonly string[];
  /** Its query parameters. */
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
const { getDossier, archiveDossier, uploadDossierCv } = dossiers;
const { listDossierContacts, linkDossierContact, unlinkDossierContact } = links;
const { listFlows, listFlowStages } = links;
const { listDossierNotes, createDossierNote } = links;
const linkScopes: readonly Scope[] = ['contacts:write', 'dossiers:write'];

const routes: readonly Route[] = [
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
  route('POST /dossiers/:id/contacts', { linkDossierContact }, linkScopes, json),
  route('DELETE /dossiers/:id/contacts/:contact_id', { unlinkDossierContact }, linkScopes),
  route('GET /flows', { listFlows }, ['flows:read'], { parameters: ['type', ...paging] }),
  route('GET /flows/:id/stages', { listFlowStages }, ['flows:read'], paged),
  route('GET /dossiers/:id/notes', { listDossierNotes }, ['notes:read'], paged),
  route('POST /dossiers/:id/notes', { createDossierNote }, ['notes:write'], json),
];

/** The path of a request, and its route. */
export interface RouteMatch {
  readonly path: string;
  /** The routes of all methods of the path. */
  readonly routesOfPath: readonly Route[];
  readonly route: Route | undefined;
}

export const matchRoute = (
  { takes }: Installation,
  method: string,
  requestPath: string,
): RouteMatch => {
  const bare = takes('LG-ERR-026', 1) ? requestPath.replace(/(.)\/$/, '$1') : requestPath;
  const path = takes('LG-ERR-026', 3) ? lowerNames(bare) : bare;
  const routesOfPath = routes.filter(({ pattern }) => pattern.test(path));
  const aliased = takes('LG-ERR-025', 3) && method === 'PUT' ? 'PATCH' : method;
  const effectiveMethod = takes('LG-ERR-025', 2) && method === 'HEAD' ? 'GET' : aliased;
  return {
    path,
    routesOfPath,
    route: routesOfPath.find((route) => route.method === effectiveMethod),
  };
};

/** The path with names in lower case; every second part is an id, and is unchanged. */
const lowerNames = (path: string): string =>
  path
    .split('/')
    .map((part, index) => (index % 2 === 1 ? part.toLowerCase() : part))
    .join('/');

/** The path parameters, by name. */
export const pathParameters = ({ path, route }: RouteMatch): Readonly<Record<string, string>> => {
  const parts = Object.entries(route?.pattern.exec(path)?.groups ?? {});
  return Object.fromEntries(parts.map(([name, text]) => [name, decode(text)]));
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** @throws Refusal for an unknown path or method */
export const requireRoute = (
  installation: Installation,
  { route, routesOfPath }: RouteMatch,
  method: string,
): Route => {
  if (route) return route;
  const { takes } = installation;
  const allow = { allow: routesOfPath.map((one) => one.method).join(', ') };
  if (routesOfPath.length > 0 && takes('LG-ERR-025', 2) && method === 'OPTIONS') {
    throw new Refusal(204, '', '', allow);
  }
  if (routesOfPath.length > 0 && takes('LG-ERR-025', 1)) {
    const message = formatMessage(installation, 'That is not allowed.', 'Dat mag niet.');
    throw new Refusal(405, 'method_not_allowed', message, allow);
  }
  const code = takes('LG-ERR-024', 1) ? 'unknown_path' : 'not_found';
  throw new Refusal(
    404,
    code,
    formatMessage(installation, 'There is no such path.', 'Onbekend pad.'),
  );
};

/** A redirect to the path without its trailing slash, if the server redirects (LG-ERR-026). */
export const redirection = (
  { takes }: Installation,
  base: string,
  path: string,
  query: string,
): Refusal | undefined => {
  if (!takes('LG-ERR-026', 2) || !/.\/$/.test(path)) return undefined;
  const location = base + path.replace(/\/+$/, '') + query;
  return new Refusal(308, 'moved', 'It has moved.', { location });
};

import type { OperationId } from '../../openapi/contract.ts';
import {
  contract,
  pdf,
  type TestServer,
  type Reply,
  type RequestInput,
  type TestOrganization,
} from './test-server.ts';

/** All operations of the contract, to run a test for each. */
export const operations = Object.values(contract.operations);

/** The operations that change data. */
export const writes = operations.filter(({ method }) => method !== 'GET');

/** The ids in requests. */
export interface SampleIds {
  readonly dossier: string;
  /** A contact on the dossier. */
  readonly linked: string;
  /** A contact on no dossier. */
  readonly free: string;
  readonly flow: string;
}

/** Ids that don't exist. */
export const unknownIds: SampleIds = {
  dossier: '8e81973e-0bec-47b0-b898-d190f9ebdacc',
  linked: '923a7369-94e3-4f91-9a61-dbe22e44158b',
  free: '0c9f64de-6f3b-4c55-8a1e-52d1e7b80f43',
  flow: '36f675cc-81e7-4ef5-a8e2-5d940ed90475',
};

/** An organisation with data for every operation. */
export type SampleOrganization = TestOrganization & SampleIds;

/**
 * Creates an organisation with a sales dossier, two contacts of which one is linked, and a note.
 */
export const createSampleData = async (
  api: TestServer,
  start?: object,
): Promise<SampleOrganization> => {
  const organization = await api.organization(start);
  const { key } = organization;
  const make = async (path: string, json: object): Promise<string> =>
    (await api.call<{ id: string }>('POST', path, { key, json })).body.data.id;
  const linked = await make('/contacts', { full_name: 'Mark de Vries', email: 'mark@x.example' });
  const free = await make('/contacts', { full_name: 'Sophie van Dijk' });
  const draft = { type: 'sales', name: 'Talent rollout', contact_id: linked };
  const dossier = await make('/dossiers', draft);
  await make(`/dossiers/${dossier}/notes`, { content: 'A great first call.' });
  const flows = await api.call<{ id: string }[]>('GET', '/flows?type=sales', { key });
  return { ...organization, dossier, linked, free, flow: flows.body.data[0]?.id ?? '' };
};

/** A body for each operation that has one, with all required fields and few others. */
const bodies: { readonly [Id in OperationId]?: (sampleIds: SampleIds) => RequestInput } = {
  createDossier: () => ({
    json: { type: 'sales', name: 'KLM, Cabin crew', email: 'pieter@x.example', deal_size: 62000 },
  }),
  updateDossier: () => ({ json: { name: 'Renamed', status: 'won' } }),
  uploadDossierCv: () => ({ body: pdf(), headers: { 'Content-Type': 'application/pdf' } }),
  createContact: () => ({ json: { full_name: 'Joris Smit', kind: ['client'] } }),
  updateContact: () => ({ json: { full_name: 'Sophie Smit', kind: ['partner'] } }),
  linkDossierContact: ({ free }) => ({
    json: { contact_id: free, role_on_dossier: 'champion', is_primary: true },
  }),
  createDossierNote: () => ({ json: { content: 'Followed up.', is_internal: false } }),
};

/** The body with which an operation with a JSON body succeeds. */
export const jsonFor = (id: OperationId, sampleIds: SampleIds): Record<string, unknown> =>
  (bodies[id]?.(sampleIds).json ?? {}) as Record<string, unknown>;

/** The path of an operation with these ids. */
export const pathOf = (id: OperationId, { dossier, linked, free, flow }: SampleIds): string => {
  const { path } = contract.operations[id];
  const named = path.startsWith('/dossiers') ? dossier : path.startsWith('/flows') ? flow : free;
  return path.replace('{id}', named).replace('{contact_id}', linked);
};

/**
 * Sends the request of an operation, which succeeds in an organisation with sample data and its
 * key.
 *
 * @param sending - the key, and what to send instead of the default
 */
export const ask = <Data = unknown>(
  api: TestServer,
  id: OperationId,
  sampleIds: SampleIds,
  { key, json, body, headers }: RequestInput = {},
): Promise<Reply<Data>> => {
  const usual = json === undefined && body === undefined ? bodies[id]?.(sampleIds) : undefined;
  return api.call<Data>(contract.operations[id].method, pathOf(id, sampleIds), {
    ...usual,
    ...(key !== undefined && { key }),
    ...(json !== undefined && { json }),
    ...(body !== undefined && { body }),
    headers: { ...usual?.headers, ...headers },
  });
};

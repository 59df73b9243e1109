import type { Contact, Dossier } from '../state/records.ts';
import { createState } from '../state/state.ts';
import { contract } from './test-server.ts';

export const types = ['candidate', 'sales'] as const;
export const statuses = ['active', 'won', 'lost', 'archived'] as const;
export const stages = ['first', 'second', 'third'] as const;
export const kinds = ['candidate', 'prospect', 'client', 'supplier', 'partner'] as const;

/** An organisation without a server. */
export const createListFixture = () => {
  const state = createState();
  const start = { id: 'o', name: 'Office', plan: 'team', rateLimit: null };
  const organization = state.newOrganization(start);
  return { state, organization };
};

export const dossier = (id: string, values: Partial<Dossier>): Dossier =>
  ({
    id,
    name: id,
    type: 'sales',
    status: 'active',
    current_stage_id: 'first',
    ...values,
  }) as never;

export const contact = (id: string, values: Partial<Contact>): Contact =>
  ({ id, full_name: id, email: null, company: null, role: null, kind: [], ...values }) as never;

export type ListFixture = ReturnType<typeof createListFixture>;

/** Calls a list handler with a query, one second after 1970-01-01T00:00:00Z. */
export const ask = (handler: unknown, { organization }: ListFixture, query: object) =>
  (handler as (request: object) => { body: { data: { id: string }[]; meta: object } })({
    query: { page: 1, per_page: 25, ...query },
    organization,
    contract,
    clock: { now: () => 1000 },
  }).body;

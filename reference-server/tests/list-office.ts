import type { Contact, Dossier } from '../state/records.ts';
import { createState } from '../state/state.ts';
import { contract } from './lab.ts';

export const types = ['candidate', 'sales'] as const;
export const statuses = ['active', 'won', 'lost', 'archived'] as const;
export const stages = ['first', 'second', 'third'] as const;
export const kinds = ['candidate', 'prospect', 'client', 'supplier', 'partner'] as const;

/** An organisation alone, without a server. */
export const createOffice = () => {
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

export type Office = ReturnType<typeof createOffice>;

/** Lets a handler of a list answer a query at the second 1 of 1970. */
export const ask = (handler: unknown, { organization }: Office, query: object) =>
  (handler as (request: object) => { body: { data: { id: string }[]; meta: object } })({
    query: { page: 1, per_page: 25, ...query },
    organization,
    contract,
    clock: { now: () => 1000 },
  }).body;

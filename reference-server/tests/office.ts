import { expect } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import type { Dossier, Lab, Reply, TestOrganization } from './lab.ts';

// What this server answers has every field.
export type Contact = Required<Schemas['Contact']>;
export type Link = Schemas['DossierContactLink'];
export type LinkedContact = Required<Schemas['DossierContact']>;
export type Note = Schemas['Note'];

/** The id of nothing. */
export const unknownId = '8e81973e-0bec-47b0-b898-d190f9ebdacc';

/** Requests of one organisation. */
interface Requests {
  /** Sends a request, whatever comes back. */
  readonly ask: <Data>(method: string, path: string, json?: unknown) => Promise<Reply<Data>>;
  /** Expects the answer 200, and gives the whole body. */
  readonly read: <Data>(path: string) => Promise<Reply<Data>['body']>;
  /** Expects the answer 201 to a POST, and gives what was made. */
  readonly make: <Data>(path: string, json: unknown) => Promise<Data>;
  /** Expects the answer 200 to a PATCH, and gives what was changed. */
  readonly change: <Data>(path: string, json: unknown) => Promise<Data>;
  /** Expects the answer 200 to a DELETE, and gives what it says. */
  readonly remove: (path: string) => Promise<object>;
}

/** An organisation at work, with words for the people in it. */
export interface Office extends TestOrganization, Requests {
  readonly contact: (draft?: object) => Promise<Contact>;
  readonly dossier: (draft?: object) => Promise<Dossier>;
  /** A dossier without contacts. */
  readonly bareDossier: () => Promise<Dossier>;
  readonly linkTo: (dossier: Dossier, contact: Contact, more?: object) => Promise<Link>;
  /** The first page of a dossier's contacts. */
  readonly contactsOf: (dossier: Dossier) => Promise<readonly LinkedContact[]>;
}

/** Opens an office in a new organisation, which may send as many requests as it likes. */
export const openOffice = async (lab: Lab): Promise<Office> => {
  const rate_limit = { requests: 100_000, window_seconds: 60 };
  const organization = await lab.organization({ rate_limit });
  const requests = createRequests(lab, organization.key);
  return { ...organization, ...requests, ...createWords(requests) };
};

const createRequests = (lab: Lab, key: string): Requests => {
  const ask: Requests['ask'] = (method, path, json) => lab.call(method, path, { key, json });
  const expecting =
    (status: number, method: string) =>
    async <Data>(path: string, json?: unknown): Promise<Reply<Data>['body']> => {
      const reply = await ask<Data>(method, path, json);
      expect(reply).toMatchObject({ status });
      return reply.body;
    };
  const [post, patch] = [expecting(201, 'POST'), expecting(200, 'PATCH')];
  const erase = expecting(200, 'DELETE');
  return {
    ask,
    read: expecting(200, 'GET'),
    make: async <Data>(path: string, json: unknown) => (await post<Data>(path, json)).data,
    change: async <Data>(path: string, json: unknown) => (await patch<Data>(path, json)).data,
    remove: async (path) => (await erase<object>(path)).data,
  };
};

const createWords = ({
  make,
  read,
  remove,
}: Requests): Omit<Office, keyof Requests | 'id' | 'key' | 'members'> => {
  const contactsOf: Office['contactsOf'] = async ({ id }) =>
    (await read<LinkedContact[]>(`/dossiers/${id}/contacts`)).data;
  const dossier: Office['dossier'] = (draft) =>
    make('/dossiers', { type: 'sales', name: 'Rabobank, Talent rollout', ...draft });
  return {
    contactsOf,
    dossier,
    contact: (draft) => make('/contacts', { full_name: 'Sophie van Dijk', ...draft }),
    bareDossier: async () => {
      const made = await dossier();
      for (const { contact_id } of await contactsOf(made)) await remove(`/contacts/${contact_id}`);
      return made;
    },
    linkTo: ({ id }, contact, more) => {
      const json = { contact_id: contact.id, role_on_dossier: 'other', ...more };
      return make(`/dossiers/${id}/contacts`, json);
    },
  };
};

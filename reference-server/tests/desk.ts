import { expect } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import type { Dossier, Lab, Sending } from './lab.ts';
import { openOffice, type Contact } from './office.ts';

export type Stage = Required<Schemas['Stage']>;
/** A flow with every field, as this server answers it. */
export type Flow = Required<Omit<Schemas['Flow'], 'stages'>> & { readonly stages: Stage[] };

/**
 * Opens an office, and gives the words in which tests speak of its dossiers and flows. All of them
 * expect success, but for `send`, which takes whatever answer comes.
 */
export const openDesk = async (lab: Lab) => {
  const office = await openOffice(lab);
  const { id, key, members, contactsOf, read, make, change, remove } = office;
  const set = async <Data>(path: string, json: object): Promise<Data> => {
    const reply = await lab.control<Data>('POST', `/organizations/${id}${path}`, json);
    expect(reply).toMatchObject({ status: 201 });
    return reply.body.data;
  };
  return {
    ...{ id, key, members, contactsOf },
    send: <Data = Dossier>(method: string, path: string, sending: Sending = {}) =>
      lab.call<Data>(method, path, { key, ...sending }),

    create: (draft: object) => make<Dossier>('/dossiers', draft),
    read: async (dossierId: string) => (await read<Dossier>(`/dossiers/${dossierId}`)).data,
    change: (dossierId: string, changes: object) =>
      change<Dossier>(`/dossiers/${dossierId}`, changes),
    archive: async (dossierId: string) => (await remove(`/dossiers/${dossierId}`)) as Dossier,
    /** A page of dossiers with its meta. */
    list: (query = '') => read<Dossier[]>(`/dossiers${query}`),

    addContact: (draft: object) => make<Contact>('/contacts', draft),
    contact: async (contactId: string) => (await read<Contact>(`/contacts/${contactId}`)).data,
    /** How many dossiers and contacts there are. */
    census: async () => [
      (await read('/dossiers')).meta.total,
      (await read('/contacts')).meta.total,
    ],

    /** A page of flows with its meta. */
    flows: (query = '') => read<Flow[]>(`/flows${query}`),
    /** The stages of a flow, read by themselves. */
    stages: (flowId: string, query = '') => read<Stage[]>(`/flows/${flowId}/stages${query}`),
    defaultFlow: async (type: Flow['type']): Promise<Flow> => {
      const [flow] = (await read<Flow[]>(`/flows?type=${type}`)).data;
      if (!flow?.is_default) throw new Error(`There is no default flow of type ${type}.`);
      return flow;
    },
    addFlow: (draft: object = {}) =>
      set<Flow>('/flows', { name: 'Extra', type: 'sales', stages: [{ name: 'First' }], ...draft }),
    addMember: () => set<{ id: string }>('/members', { name: 'Joris Smit' }),
  };
};

/** What {@link openDesk} gives. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;

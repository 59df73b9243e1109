import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { at, type FaultyServer, type Handlers, inHandlers } from '../../faulty-server.ts';
import {
  afterOperation,
  type AnyCall,
  beforeOperation,
  changeItems,
  changeList,
  type Item,
} from '../../inject/handlers.ts';

/** The links of the contact in the path. */
const linksOf = ({ organization, params: { id = '' } }: AnyCall) => [
  ...organization.links.by('contact', id),
];

/** Keeps listing the links of deleted contacts that meet a condition. */
const keepLinks =
  (isKept: (dossier: Item | undefined, link: Item) => boolean) =>
  (own: Handlers): Partial<Handlers> => {
    const kept = new Map<string, Item[]>();
    const watch = beforeOperation('deleteContact', (call) => {
      const { organization } = call;
      for (const link of linksOf(call)) {
        const { dossier_id, contact_id, role_on_dossier, is_primary } = link;
        const dossier = organization.dossiers.get(dossier_id);
        const { full_name, email, company } = organization.contacts.get(contact_id) ?? {};
        const item = { contact_id, full_name, email, company, role_on_dossier, is_primary };
        if (!isKept(dossier, item)) continue;
        kept.set(dossier_id, [...(kept.get(dossier_id) ?? []), item]);
      }
    });
    const list = changeList('listDossierContacts', (items, { params: { id = '' } }) => [
      ...items,
      ...(kept.get(id) ?? []),
    ]);
    return { ...watch(own), ...list(own) };
  };

/** Faults in the deletion of contacts. */
export const contactDeletionFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/deleted-again',
    'LG-CON-074',
    'deletes again who is deleted already',
    (own) => {
      const deleted = new Set<string>();
      return {
        deleteContact: (call) => {
          const { id } = call.params;
          if (deleted.has(id)) return { body: { data: { id, deleted: true } } };
          const reply = own.deleteContact(call);
          deleted.add(id);
          return reply;
        },
      };
    },
  ),
  at(
    ['updateContact'],
    inHandlers(
      'contacts/revived-by-change',
      'LG-CON-074',
      'changes deleted contacts, and has them back',
      (own) => {
        const deleted = new Map<string, Item>();
        const bury = beforeOperation('deleteContact', ({ organization, params: { id = '' } }) => {
          const contact = organization.contacts.get(id);
          if (contact) deleted.set(id, { ...contact, email: null });
        });
        const revive = beforeOperation('updateContact', ({ organization, params: { id = '' } }) => {
          const contact = deleted.get(id);
          if (contact && !organization.contacts.get(id))
            organization.contacts.insert(contact as never);
        });
        return { ...bury(own), ...revive(own) };
      },
    ),
  ),
  inHandlers(
    'contacts/ghosts-in-pool',
    'LG-CON-074',
    'lists deleted contacts by their time in the pool',
    (own) => {
      const deletedContacts: Item[] = [];
      const bury = beforeOperation('deleteContact', ({ organization, params: { id = '' } }) => {
        if (organization.poolWindows.get(id))
          deletedContacts.push({ ...organization.contacts.get(id), dossier_count: 0 });
      });
      const list = changeList('listContacts', (items, { query: { pool }, organization }) =>
        pool === 'in_pool' && organization.contacts.rows.length > 0
          ? [...items, ...deletedContacts]
          : items,
      );
      return { ...bury(own), ...list(own) };
    },
  ),
  inHandlers(
    'contacts/deletion-in-words',
    'LG-CON-075',
    'answers that it is deleted by the word "true"',
    changeItems(['deleteContact'], (data) => {
      data['deleted'] = 'true';
    }),
  ),
  inHandlers(
    'contacts/primary-ghosts',
    'LG-CON-076',
    'lists a deleted contact where it was the primary one',
    keepLinks((_, { is_primary }) => is_primary === true),
  ),
  inHandlers(
    'contacts/ghosts-in-archive',
    'LG-CON-076',
    'leaves a deleted contact on dossiers that are archived',
    keepLinks((dossier) => dossier?.['status'] === 'archived'),
  ),
  inHandlers(
    'contacts/person-erased',
    'LG-CON-077',
    'erases the contact person of the dossiers of a deleted contact',
    beforeOperation('deleteContact', (call) => {
      const { dossiers } = call.organization;
      for (const { dossier_id } of linksOf(call)) {
        const dossier = dossiers.get(dossier_id);
        if (dossier) dossiers.replace({ ...dossier, contact_person: null });
      }
    }),
  ),
  inHandlers(
    'contacts/notes-erased',
    'LG-CON-077',
    'deletes the notes on the dossiers of a deleted contact',
    beforeOperation('deleteContact', (call) => {
      const { notes } = call.organization;
      for (const { dossier_id } of linksOf(call)) {
        for (const { id } of [...notes.by('dossier', dossier_id)]) notes.remove(id);
      }
    }),
  ),
];

const shows = ['createContact', 'getContact', 'updateContact', 'listContacts'] as const;

const linksOfContact = ({ links }: Organization, { id }: Item) => [
  ...links.by('contact', String(id)),
];

/** Faults in the dossiers of contacts, and in their count. */
export const dossierCountFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/moved-to-new-dossier',
    'LG-CON-003',
    'takes a contact off its dossiers when it creates another for it',
    beforeOperation('createDossier', ({ organization, body }) => {
      if (typeof body['contact_id'] !== 'string') return;
      for (const { id } of linksOfContact(organization, { id: body['contact_id'] }))
        organization.links.remove(id);
    }),
  ),
  inHandlers(
    'contacts/twelve-dossiers',
    'LG-CON-003',
    'takes a contact off its first dossier with the thirteenth',
    afterOperation('linkDossierContact', ({ organization, body }) => {
      const links = linksOfContact(organization, { id: body['contact_id'] });
      if (links.length > 12) organization.links.remove(links[0]?.id ?? '');
    }),
  ),
  inHandlers(
    'contacts/born-with-one',
    'LG-CON-050',
    'answers a creation with a dossier_count of one',
    changeItems(['createContact'], (contact) => {
      contact['dossier_count'] = 1;
    }),
  ),
  inHandlers(
    'contacts/join-without-condition',
    'LG-CON-050',
    'counts the links of all contacts for who has none',
    changeItems(['listContacts'], (contact, { organization }) => {
      if (contact['dossier_count'] === 0) contact['dossier_count'] = organization.links.rows.length;
    }),
  ),
  inHandlers(
    'contacts/primary-dossiers',
    'LG-CON-053',
    'counts the dossiers that a contact is the primary one of',
    changeItems(shows, (contact, { organization }) => {
      const primary = linksOfContact(organization, contact).filter(({ is_primary }) => is_primary);
      contact['dossier_count'] = primary.length;
    }),
  ),
  inHandlers(
    'contacts/uncounted-by-address',
    'LG-CON-053',
    'counts no dossier that found its contact by an address',
    (own) => {
      const missed = new Map<unknown, number>();
      const note = afterOperation('createDossier', ({ organization, body }, { id }) => {
        const [link] = [...organization.links.by('dossier', String(id))];
        const contact = link && organization.contacts.get(link.contact_id);
        const met = contact && linksOfContact(organization, contact).length > 1;
        if (!met || body['contact_id'] || !contact.email) return;
        missed.set(contact.id, (missed.get(contact.id) ?? 0) + 1);
      });
      const show = changeItems(shows, (contact) => {
        contact['dossier_count'] =
          Number(contact['dossier_count']) - (missed.get(contact['id']) ?? 0);
      });
      return { ...note(own), ...show(own) };
    },
  ),
  inHandlers(
    'contacts/vain-unlinking-counts',
    'LG-CON-053',
    'lowers the count with unlinkings that are refused',
    (own) => {
      const less = new Map<unknown, number>();
      const note = beforeOperation(
        'unlinkDossierContact',
        ({ organization, params: { id = '', contact_id = '' } }) => {
          const linked = organization.links.get(`${id}/${contact_id}`);
          if (!linked) less.set(contact_id, (less.get(contact_id) ?? 0) + 1);
        },
      );
      const show = changeItems(shows, (contact) => {
        const count = Number(contact['dossier_count']) - (less.get(contact['id']) ?? 0);
        contact['dossier_count'] = Math.max(0, count);
      });
      return { ...note(own), ...show(own) };
    },
  ),
  inHandlers(
    'contacts/counts-first-page',
    'LG-CON-053',
    'counts the dossiers on a page of the default size',
    changeItems(shows, (contact) => {
      contact['dossier_count'] = Math.min(25, Number(contact['dossier_count']));
    }),
  ),
  inHandlers(
    'contacts/counts-times-kinds',
    'LG-CON-053',
    'counts a dossier once for each kind that the list is asked for',
    changeItems(['listContacts'], (contact, { query: { kind } }) => {
      const call = (kind as string[] | undefined) ?? [];
      const found = call.filter((one) => (contact['kind'] as string[]).includes(one)).length;
      contact['dossier_count'] = Number(contact['dossier_count']) * Math.max(1, found);
    }),
  ),
  inHandlers(
    'contacts/list-counts-no-candidates',
    'LG-CON-053',
    'counts in the list the dossiers of sales alone',
    changeList('listContacts', (items, { organization }) =>
      items.map((contact) => ({
        ...contact,
        dossier_count: linksOfContact(organization, contact).filter(
          ({ dossier_id }) => organization.dossiers.get(dossier_id)?.type === 'sales',
        ).length,
      })),
    ),
  ),
];

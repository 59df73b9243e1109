import { addContact } from '../../../../../reference-server/contacts/rules.ts';
import type { Contact } from '../../../../../reference-server/state/records.ts';
import { type FaultyServer, faultyServer, type Handlers, inHandlers } from '../../faulty-server.ts';
import {
  afterOperation,
  beforeOperation,
  changeItems,
  changeList,
  type Item,
} from '../../inject/handlers.ts';

/** Faults in which contacts can be linked, and in the response. */
export const linkingFaults: readonly FaultyServer[] = [
  inHandlers(
    'links/unknown-made-known',
    'LG-LNK-012',
    'makes a contact of an id that it doesn’t know',
    (own) => ({
      linkDossierContact: (call) => {
        const { body, organization } = call;
        const { contact_id } = body;
        if (!organization.contacts.get(contact_id)) {
          addContact(
            organization,
            { full_name: 'Unknown', kind: [] },
            { ...call, newId: () => contact_id },
          );
        }
        return own.linkDossierContact(call);
      },
    }),
  ),
  faultyServer(
    'links/borrowed-contact',
    'LG-LNK-012',
    'links a contact of another organisation',
    ({ own, state }) => ({
      handlers: {
        linkDossierContact: (call) => {
          const { body, organization } = call;
          for (const { contacts } of state.organizations.rows) {
            const theirs = contacts.get(body.contact_id);
            if (!theirs || organization.contacts.get(theirs.id)) continue;
            addContact(
              organization,
              { ...theirs, email: null },
              { ...call, newId: () => theirs.id },
            );
          }
          return own.linkDossierContact(call);
        },
      },
    }),
  ),
  inHandlers(
    'links/refused-and-linked',
    'LG-LNK-012',
    'refuses an unknown contact, and links one by that name later',
    (own) => {
      const late = new Map<string, string[]>();
      return {
        linkDossierContact: (call) => {
          const { params, body, organization } = call;
          if (!organization.contacts.get(body.contact_id)) {
            late.set(params.id, [...(late.get(params.id) ?? []), body.contact_id]);
          }
          return own.linkDossierContact(call);
        },
        ...changeList('listDossierContacts', (items, { params: { id = '' } }) => [
          ...items,
          ...(late.get(id) ?? []).map((contact_id) => ({
            ...{ contact_id, full_name: '', email: null, company: null },
            ...{ role_on_dossier: 'other', is_primary: false },
          })),
        ])(own),
      };
    },
  ),
  inHandlers(
    'links/deleted-linked',
    'LG-LNK-012',
    'links who was deleted, and has them back',
    (own) => {
      const deleted = new Map<string, Contact>();
      const bury = beforeOperation(
        'deleteContact',
        ({ organization: { contacts }, params: { id = '' } }) => {
          const contact = contacts.get(id);
          if (contact) deleted.set(id, { ...contact, email: null });
        },
      );
      const revive = beforeOperation(
        'linkDossierContact',
        ({ organization: { contacts }, body }) => {
          const contact = deleted.get(String(body['contact_id']));
          if (contact && !contacts.get(contact.id)) contacts.insert(contact);
        },
      );
      return { ...bury(own), ...revive(own) };
    },
  ),
  inHandlers(
    'links/linked-again-in-vain',
    'LG-LNK-032',
    'answers the role that was sent for a contact that is linked already, and keeps the earlier one',
    (own) => ({
      linkDossierContact: (call) => {
        const { body, organization, params } = call;
        const links = [...organization.links.by('dossier', params.id)];
        const old = links.find(({ contact_id }) => contact_id === body.contact_id);
        if (!old) return own.linkDossierContact(call);
        const { role_on_dossier } = body;
        const kept = { ...body, role_on_dossier: old.role_on_dossier };
        const answer = structuredClone(own.linkDossierContact({ ...call, body: kept }));
        return { ...answer, body: { data: { ...answer.body.data, role_on_dossier } } };
      },
    }),
  ),
  inHandlers(
    'links/answer-without-false',
    'LG-LNK-024',
    'answers a link with what was sent, and leaves is_primary out where that was',
    changeItems(['linkDossierContact'], (link) => {
      if (link['is_primary'] === false) delete link['is_primary'];
    }),
  ),
  inHandlers(
    'links/answer-of-other-dossier',
    'LG-LNK-024',
    'answers a link with the dossier that the contact was linked to first',
    changeItems(['linkDossierContact'], (link, { organization }) => {
      const [first] = [...organization.links.by('contact', String(link['contact_id']))];
      link['dossier_id'] = first?.dossier_id;
    }),
  ),
];

/** Faults in unlinking. */
export const unlinkingFaults: readonly FaultyServer[] = [
  inHandlers(
    'links/role-unlinked',
    'LG-LNK-027',
    'takes everybody off a dossier who has the role of the one who goes',
    beforeOperation(
      'unlinkDossierContact',
      ({ organization: { links }, params: { id = '', contact_id = '' } }) => {
        const own = links.get(`${id}/${contact_id}`);
        for (const link of [...links.by('dossier', id)]) {
          if (own && link.id !== own.id && link.role_on_dossier === own.role_on_dossier)
            links.remove(link.id);
        }
      },
    ),
  ),
  inHandlers(
    'links/unlinked-elsewhere',
    'LG-LNK-027',
    'takes a contact off the other dossiers where it isn’t primary',
    afterOperation(
      'unlinkDossierContact',
      ({ organization: { links }, params: { contact_id = '' } }) => {
        for (const { id, is_primary } of [...links.by('contact', contact_id)])
          if (!is_primary) links.remove(id);
      },
    ),
  ),
  inHandlers(
    'links/company-taken',
    'LG-LNK-028',
    'takes the company of a contact that is unlinked away',
    afterOperation(
      'unlinkDossierContact',
      ({ organization: { contacts }, params: { contact_id = '' } }) => {
        const contact = contacts.get(contact_id);
        if (contact) contacts.replace({ ...contact, company: null });
      },
    ),
  ),
  inHandlers(
    'links/address-taken',
    'LG-LNK-028',
    'takes the address of a contact away that is on no dossier any more',
    afterOperation(
      'unlinkDossierContact',
      ({ organization: { contacts, links }, params: { contact_id = '' } }) => {
        const contact = contacts.get(contact_id);
        if (contact && links.by('contact', contact_id).length === 0)
          contacts.replace({ ...contact, email: null });
      },
    ),
  ),
  inHandlers(
    'links/ids-swapped',
    'LG-LNK-029',
    'answers an unlinking with the ids of dossier and contact swapped',
    changeItems(['unlinkDossierContact'], (data) => {
      [data['dossier_id'], data['contact_id']] = [data['contact_id'], data['dossier_id']];
    }),
  ),
  inHandlers(
    'links/unlinked-elsewhere-in-vain',
    'LG-LNK-027',
    'takes a contact off another dossier where it isn’t on the one that is named',
    (own) => ({
      unlinkDossierContact: (call) => {
        const { id, contact_id } = call.params;
        const { links } = call.organization;
        const [other] = links.get(`${id}/${contact_id}`) ? [] : links.by('contact', contact_id);
        if (!other) return own.unlinkDossierContact(call);
        links.remove(other.id);
        return { body: { data: { dossier_id: id, contact_id, unlinked: true } } };
      },
    }),
  ),
  inHandlers('links/deleted-unlinked', 'LG-ERR-016', 'unlinks who is deleted', (own) => {
    const deleted = new Set<string>();
    const note = afterOperation('deleteContact', ({ params: { id = '' } }) => {
      deleted.add(id);
    });
    return {
      ...note(own),
      unlinkDossierContact: (call) => {
        const { id, contact_id } = call.params;
        if (!deleted.has(contact_id)) return own.unlinkDossierContact(call);
        return { body: { data: { dossier_id: id, contact_id, unlinked: true } } };
      },
    };
  }),
];

const list = ['listDossierContacts'] as const;

/** Lists fields of a contact as they were when it was first listed on any dossier. */
const copyAtLinking =
  (...fields: readonly string[]) =>
  (own: Handlers): Partial<Handlers> => {
    const copies = new Map<unknown, Item>();
    return changeItems(list, (item) => {
      const copy = copies.get(item['contact_id']) ?? { ...item };
      copies.set(item['contact_id'], copy);
      for (const field of fields) item[field] = copy[field];
    })(own);
  };

const uniqueBy = (name: string) => (items: Item[]) => {
  const seen = new Set<unknown>();
  return items.filter((item) => !seen.has(item[name]) && seen.add(item[name]));
};

/** Faults in the lists of a dossier's contacts. */
export const linkListFaults: readonly FaultyServer[] = [
  inHandlers(
    'links/nobody-without-company',
    'LG-LNK-004',
    'lists nobody beside the first contact who has no company',
    changeList('listDossierContacts', (items) =>
      items.filter((item, index) => index === 0 || item['company'] !== null),
    ),
  ),
  inHandlers(
    'links/namesakes-once',
    'LG-LNK-004',
    'lists one of several contacts of a dossier who have the same name',
    changeList('listDossierContacts', uniqueBy('full_name')),
  ),
  inHandlers(
    'links/first-page-only',
    'LG-LNK-004',
    'lists the first 25 contacts of a dossier, whatever page is asked for',
    (own) => ({
      listDossierContacts: (call) =>
        own.listDossierContacts({ ...call, query: { ...call.query, page: 1, per_page: 25 } }),
    }),
  ),
  inHandlers(
    'links/one-of-each-role',
    'LG-LNK-004',
    'lists one of several contacts of a dossier who have the same role',
    changeList('listDossierContacts', uniqueBy('role_on_dossier')),
  ),
  inHandlers(
    'links/address-of-primary',
    'LG-LNK-006',
    'lists the address of the primary contact alone',
    changeItems(list, (item) => {
      if (item['is_primary'] !== true) item['email'] = null;
    }),
  ),
  inHandlers(
    'links/copied-company',
    'LG-LNK-007',
    'copies company and address at the first look',
    copyAtLinking('email', 'company'),
  ),
  inHandlers(
    'links/copied-address',
    'LG-LNK-007',
    'copies the address at the first look',
    copyAtLinking('email'),
  ),
  inHandlers(
    'links/primary-without-company',
    'LG-LNK-006',
    'lists the company of those who aren’t primary alone',
    changeItems(list, (item) => {
      if (item['is_primary'] === true) item['company'] = null;
    }),
  ),
  inHandlers(
    'links/primary-copied',
    'LG-LNK-007',
    'copies the primary contact into the dossier',
    (own) => {
      const names = new Map<string, unknown>();
      return changeItems(list, (item, { params: { id = '' } }) => {
        if (item['is_primary'] !== true) return;
        const key = `${id}/${String(item['contact_id'])}`;
        if (!names.has(key)) names.set(key, item['full_name']);
        item['full_name'] = names.get(key);
      })(own);
    },
  ),
  inHandlers(
    'links/nobody-without-address',
    'LG-LNK-004',
    'lists nobody without an address beside the first contact',
    changeList('listDossierContacts', ([first, ...rest]) => [
      ...(first ? [first] : []),
      ...rest.filter(({ email }) => email !== null),
    ]),
  ),
];

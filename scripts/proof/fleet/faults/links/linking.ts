import { addContact } from '../../../../../reference-server/contacts/rules.ts';
import type { Contact } from '../../../../../reference-server/state/records.ts';
import { before, bendShown, rechoose } from '../../bend/shown.ts';
import { fault, inHandlers, type Fault } from '../../fault.ts';

/** What is wrong with whom linking lets in, and with what it answers. */
export const linking: readonly Fault[] = [
  inHandlers(
    'links/unknown-made-known',
    'LG-LNK-012',
    'makes a contact of an id that it doesn’t know',
    (own) => ({
      linkDossierContact: (asked) => {
        const { body, organization } = asked;
        const { contact_id } = body;
        if (!organization.contacts.get(contact_id)) {
          addContact(
            organization,
            { full_name: 'Unknown', kind: [] },
            { ...asked, newId: () => contact_id },
          );
        }
        return own.linkDossierContact(asked);
      },
    }),
  ),
  fault(
    'links/borrowed-contact',
    'LG-LNK-012',
    'links a contact of another organisation',
    ({ own, state }) => ({
      handlers: {
        linkDossierContact: (asked) => {
          const { body, organization } = asked;
          for (const { contacts } of state.organizations.rows) {
            const theirs = contacts.get(body.contact_id);
            if (!theirs || organization.contacts.get(theirs.id)) continue;
            addContact(
              organization,
              { ...theirs, email: null },
              { ...asked, newId: () => theirs.id },
            );
          }
          return own.linkDossierContact(asked);
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
        linkDossierContact: (asked) => {
          const { params, body, organization } = asked;
          if (!organization.contacts.get(body.contact_id)) {
            late.set(params.id, [...(late.get(params.id) ?? []), body.contact_id]);
          }
          return own.linkDossierContact(asked);
        },
        ...rechoose('listDossierContacts', (items, { params: { id = '' } }) => [
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
      const bury = before(
        'deleteContact',
        ({ organization: { contacts }, params: { id = '' } }) => {
          const contact = contacts.get(id);
          if (contact) deleted.set(id, { ...contact, email: null });
        },
      );
      const revive = before('linkDossierContact', ({ organization: { contacts }, body }) => {
        const contact = deleted.get(String(body['contact_id']));
        if (contact && !contacts.get(contact.id)) contacts.insert(contact);
      });
      return { ...bury(own), ...revive(own) };
    },
  ),
  inHandlers(
    'links/linked-again-in-vain',
    'LG-LNK-032',
    'answers the role that was sent for a contact that is linked already, and keeps the earlier one',
    (own) => ({
      linkDossierContact: (asked) => {
        const { body, organization, params } = asked;
        const links = [...organization.links.by('dossier', params.id)];
        const old = links.find(({ contact_id }) => contact_id === body.contact_id);
        if (!old) return own.linkDossierContact(asked);
        const { role_on_dossier } = body;
        const kept = { ...body, role_on_dossier: old.role_on_dossier };
        const answer = structuredClone(own.linkDossierContact({ ...asked, body: kept }));
        return { ...answer, body: { data: { ...answer.body.data, role_on_dossier } } };
      },
    }),
  ),
  inHandlers(
    'links/answer-without-false',
    'LG-LNK-024',
    'answers a link with what was sent, and leaves is_primary out where that was',
    bendShown(['linkDossierContact'], (link) => {
      if (link['is_primary'] === false) delete link['is_primary'];
    }),
  ),
  inHandlers(
    'links/answer-of-other-dossier',
    'LG-LNK-024',
    'answers a link with the dossier that the contact was linked to first',
    bendShown(['linkDossierContact'], (link, { organization }) => {
      const [first] = [...organization.links.by('contact', String(link['contact_id']))];
      link['dossier_id'] = first?.dossier_id;
    }),
  ),
];

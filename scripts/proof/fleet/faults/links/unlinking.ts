import { andThen, before, bendShown } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

/** What is wrong with undoing links. */
export const unlinking: readonly Fault[] = [
  inHandlers(
    'links/role-unlinked',
    'LG-LNK-027',
    'takes everybody off a dossier who has the role of the one who goes',
    before(
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
    andThen('unlinkDossierContact', ({ organization: { links }, params: { contact_id = '' } }) => {
      for (const { id, is_primary } of [...links.by('contact', contact_id)])
        if (!is_primary) links.remove(id);
    }),
  ),
  inHandlers(
    'links/company-taken',
    'LG-LNK-028',
    'takes the company of a contact that is unlinked away',
    andThen(
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
    andThen(
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
    bendShown(['unlinkDossierContact'], (data) => {
      [data['dossier_id'], data['contact_id']] = [data['contact_id'], data['dossier_id']];
    }),
  ),
  inHandlers(
    'links/unlinked-elsewhere-in-vain',
    'LG-LNK-027',
    'takes a contact off another dossier where it isn’t on the one that is named',
    (own) => ({
      unlinkDossierContact: (asked) => {
        const { id, contact_id } = asked.params;
        const { links } = asked.organization;
        const [other] = links.get(`${id}/${contact_id}`) ? [] : links.by('contact', contact_id);
        if (!other) return own.unlinkDossierContact(asked);
        links.remove(other.id);
        return { body: { data: { dossier_id: id, contact_id, unlinked: true } } };
      },
    }),
  ),
  inHandlers('links/deleted-unlinked', 'LG-ERR-016', 'unlinks who is deleted', (own) => {
    const deleted = new Set<string>();
    const note = andThen('deleteContact', ({ params: { id = '' } }) => {
      deleted.add(id);
    });
    return {
      ...note(own),
      unlinkDossierContact: (asked) => {
        const { id, contact_id } = asked.params;
        if (!deleted.has(contact_id)) return own.unlinkDossierContact(asked);
        return { body: { data: { dossier_id: id, contact_id, unlinked: true } } };
      },
    };
  }),
];

import { andThen, before, bendShown, rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';

const shows = ['createContact', 'getContact', 'updateContact', 'listContacts'] as const;

const linksOf = ({ links }: Organization, { id }: Item) => [...links.by('contact', String(id))];

/** What is wrong with the dossiers of contacts and their number. */
export const counts: readonly Fault[] = [
  inHandlers(
    'contacts/moved-to-new-dossier',
    'LG-CON-003',
    'takes a contact off its dossiers when it creates another for it',
    before('createDossier', ({ organization, body }) => {
      if (typeof body['contact_id'] !== 'string') return;
      for (const { id } of linksOf(organization, { id: body['contact_id'] }))
        organization.links.remove(id);
    }),
  ),
  inHandlers(
    'contacts/twelve-dossiers',
    'LG-CON-003',
    'takes a contact off its first dossier with the thirteenth',
    andThen('linkDossierContact', ({ organization, body }) => {
      const links = linksOf(organization, { id: body['contact_id'] });
      if (links.length > 12) organization.links.remove(links[0]?.id ?? '');
    }),
  ),
  inHandlers(
    'contacts/born-with-one',
    'LG-CON-050',
    'answers a creation with a dossier_count of one',
    bendShown(['createContact'], (contact) => {
      contact['dossier_count'] = 1;
    }),
  ),
  inHandlers(
    'contacts/join-without-condition',
    'LG-CON-050',
    'counts the links of all contacts for who has none',
    bendShown(['listContacts'], (contact, { organization }) => {
      if (contact['dossier_count'] === 0) contact['dossier_count'] = organization.links.rows.length;
    }),
  ),
  inHandlers(
    'contacts/primary-dossiers',
    'LG-CON-053',
    'counts the dossiers that a contact is the primary one of',
    bendShown(shows, (contact, { organization }) => {
      const primary = linksOf(organization, contact).filter(({ is_primary }) => is_primary);
      contact['dossier_count'] = primary.length;
    }),
  ),
  inHandlers(
    'contacts/uncounted-by-address',
    'LG-CON-053',
    'counts no dossier that found its contact by an address',
    (own) => {
      const missed = new Map<unknown, number>();
      const note = andThen('createDossier', ({ organization, body }, { id }) => {
        const [link] = [...organization.links.by('dossier', String(id))];
        const contact = link && organization.contacts.get(link.contact_id);
        const met = contact && linksOf(organization, contact).length > 1;
        if (!met || body['contact_id'] || !contact.email) return;
        missed.set(contact.id, (missed.get(contact.id) ?? 0) + 1);
      });
      const show = bendShown(shows, (contact) => {
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
      const note = before(
        'unlinkDossierContact',
        ({ organization, params: { id = '', contact_id = '' } }) => {
          const linked = organization.links.get(`${id}/${contact_id}`);
          if (!linked) less.set(contact_id, (less.get(contact_id) ?? 0) + 1);
        },
      );
      const show = bendShown(shows, (contact) => {
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
    bendShown(shows, (contact) => {
      contact['dossier_count'] = Math.min(25, Number(contact['dossier_count']));
    }),
  ),
  inHandlers(
    'contacts/counts-times-kinds',
    'LG-CON-053',
    'counts a dossier once for each kind that the list is asked for',
    bendShown(['listContacts'], (contact, { query: { kind } }) => {
      const asked = (kind as string[] | undefined) ?? [];
      const found = asked.filter((one) => (contact['kind'] as string[]).includes(one)).length;
      contact['dossier_count'] = Number(contact['dossier_count']) * Math.max(1, found);
    }),
  ),
  inHandlers(
    'contacts/list-counts-no-candidates',
    'LG-CON-053',
    'counts in the list the dossiers of sales alone',
    rechoose('listContacts', (items, { organization }) =>
      items.map((contact) => ({
        ...contact,
        dossier_count: linksOf(organization, contact).filter(
          ({ dossier_id }) => organization.dossiers.get(dossier_id)?.type === 'sales',
        ).length,
      })),
    ),
  ),
];

import { andThen, before, bendShown, rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

const list = ['listContacts'] as const;

const isSearch = ({ query }: { readonly query: Readonly<Item> }): boolean =>
  typeof query['search'] === 'string' && query['search'] !== '';

/** Shows of those whom a search finds a field as it was when they were first found. */
const showOld = (field: string) => {
  const first = new Map<unknown, unknown>();
  return bendShown(list, (contact, asked) => {
    if (!isSearch(asked)) return;
    const { id } = contact;
    if (!first.has(id)) first.set(id, contact[field]);
    contact[field] = first.get(id);
  });
};

/** What a search shows of those whom it finds, and whom it doesn't know. */
export const found: readonly Fault[] = [
  inHandlers(
    'contacts/cities-of-the-index',
    'LG-CON-067',
    'shows whom it finds with the city that was indexed first',
    (own) => showOld('city')(own),
  ),
  inHandlers(
    'contacts/notes-of-the-index',
    'LG-CON-069',
    'shows whom it finds with the notes that were indexed first',
    (own) => showOld('notes')(own),
  ),
  inHandlers(
    'contacts/uncounted-when-found',
    'LG-CON-053',
    'counts one dossier at most of those whom a search finds',
    bendShown(list, (contact, asked) => {
      if (isSearch(asked)) contact['dossier_count'] = Math.min(1, Number(contact['dossier_count']));
    }),
  ),
  inHandlers(
    'contacts/people-of-dossiers-unsearched',
    'LG-CON-012',
    'finds nobody who came with a dossier',
    (own) => {
      const unseen = new Set<unknown>();
      const known = new Set<unknown>();
      const remember = before('createDossier', ({ organization }) => {
        for (const { id } of organization.contacts.rows) known.add(id);
      });
      const note = andThen('createDossier', ({ organization }, { id }) => {
        for (const { contact_id } of organization.links.by('dossier', String(id)))
          if (!known.has(contact_id)) unseen.add(contact_id);
      });
      const choose = rechoose('listContacts', (items, asked) =>
        isSearch(asked) ? items.filter((one) => !unseen.has(one['id'])) : items,
      );
      return { ...note({ ...own, ...remember(own) }), ...choose(own) };
    },
  ),
  inHandlers(
    'contacts/counted-by-requests',
    'LG-CON-053',
    'counts a link again that is made again',
    (own) => {
      const extra = new Map<unknown, number>();
      const pairs = new Set<string>();
      const note = andThen('linkDossierContact', ({ params }, { contact_id }) => {
        const pair = `${params['id'] ?? ''} ${String(contact_id)}`;
        if (pairs.has(pair)) extra.set(contact_id, (extra.get(contact_id) ?? 0) + 1);
        pairs.add(pair);
      });
      const show = bendShown(['getContact'], (contact) => {
        const more = extra.get(contact['id']) ?? 0;
        contact['dossier_count'] = Number(contact['dossier_count']) + more;
      });
      return { ...note(own), ...show(own) };
    },
  ),
];

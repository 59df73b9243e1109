import { bendShown, rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

const searched = ['full_name', 'email', 'company', 'role'];

const fold = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

type Found = (contact: Item, word: string) => boolean;

/** Finds by a search, of those that it should find, who meets this too. */
const findOnly = (found: Found) =>
  rechoose('listContacts', (items, { query: { search = '' } }) => {
    const word = fold(search).trim();
    return word === '' ? items : items.filter((one) => found(one, word));
  });

/** Finds by a search others as well. */
const findAlso = (found: Found) =>
  rechoose('listContacts', (items, { organization, query: { search = '' } }) => {
    const word = fold(search).trim();
    const others = [...organization.contacts.rows]
      .filter(({ id }) => !items.some((one) => one['id'] === id))
      .map((one): Item => ({ ...one, dossier_count: 0 }));
    return word === '' ? items : [...items, ...others.filter((one) => found(one, word))];
  });

/** What is wrong with the search for contacts. */
export const search: readonly Fault[] = [
  inHandlers(
    'contacts/found-by-beginnings',
    'LG-CON-012',
    'finds a text at the beginning of a field',
    findOnly((one, word) => searched.some((field) => fold(one[field]).startsWith(word))),
  ),
  inHandlers(
    'contacts/role-or-company',
    'LG-CON-012',
    'seeks in the role of those alone who have no company',
    findOnly((one, word) =>
      ['full_name', 'email', one['company'] === null ? 'role' : 'company'].some((field) =>
        fold(one[field]).includes(word),
      ),
    ),
  ),
  inHandlers(
    'contacts/short-words',
    'LG-CON-012',
    'finds nobody by a word of fewer than six letters',
    findOnly((_, word) => word.length > 5),
  ),
  inHandlers(
    'contacts/long-fields-half-read',
    'LG-CON-012',
    'indexes the first hundred characters of a field',
    findOnly((one, word) =>
      searched.some((field) => fold(one[field]).slice(0, 100).includes(word)),
    ),
  ),
  inHandlers(
    'contacts/found-by-first-address',
    'LG-CON-012',
    'seeks in the first address of a contact',
    (own) => {
      const first = new Map<unknown, unknown>();
      const watch = bendShown(['createContact', 'updateContact'], ({ id, email }) => {
        if (!first.has(id) && email !== null) first.set(id, email);
      });
      const find = findOnly(
        (one, word) =>
          ['full_name', 'company', 'role'].some((field) => fold(one[field]).includes(word)) ||
          fold(first.get(one['id']) ?? one['email']).includes(word),
      );
      return { ...watch(own), ...find(own) };
    },
  ),
  inHandlers(
    'contacts/latest-searched',
    'LG-CON-012',
    'seeks among the thirty contacts that came last',
    rechoose('listContacts', (items, { organization, query: { search = '' } }) => {
      const latest = new Set([...organization.contacts.rows].slice(-30).map(({ id }) => id));
      return search === '' ? items : items.filter(({ id }) => latest.has(String(id)));
    }),
  ),
  inHandlers(
    'contacts/found-by-dialling',
    'LG-CON-013',
    'finds a contact by the digits of its phone number',
    findAlso(
      (one, word) => /^\d+$/.test(word) && fold(one['phone']).replace(/\D/g, '').includes(word),
    ),
  ),
  inHandlers(
    'contacts/found-by-kind',
    'LG-CON-013',
    'finds a contact by the name of one of its kinds',
    findAlso((one, word) => (one['kind'] as string[]).includes(word)),
  ),
  inHandlers(
    'contacts/found-by-dossier',
    'LG-CON-013',
    'finds a contact by the names of its dossiers',
    rechoose('listContacts', (items, { organization, query: { search: text = '' } }) => {
      const { contacts, links, dossiers } = organization;
      const word = fold(text).trim();
      const named = (id: string) =>
        [...links.by('contact', id)].some(({ dossier_id }) =>
          fold(dossiers.get(dossier_id)?.name).includes(word),
        );
      const others = [...contacts.rows].filter(
        ({ id }) => named(id) && !items.some((one) => one['id'] === id),
      );
      return word === ''
        ? items
        : [...items, ...others.map((one) => ({ ...one, dossier_count: 1 }))];
    }),
  ),
];

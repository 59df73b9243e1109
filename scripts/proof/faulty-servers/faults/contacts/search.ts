import { pageSizes } from '../../../../../conformance/contract/operations.ts';
import { onPage, onRequest } from '../../../../../conformance/faults/inject.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { type FaultyServer, faultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import {
  afterOperation,
  beforeOperation,
  changeItems,
  changeList,
  type Item,
} from '../../inject/handlers.ts';

const searched = ['full_name', 'email', 'company', 'role'];

const fold = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

type Found = (contact: Item, word: string) => boolean;

/** Finds only those of the matching contacts that also meet this condition. */
const findOnly = (found: Found) =>
  changeList('listContacts', (items, { query: { search = '' } }) => {
    const word = fold(search).trim();
    return word === '' ? items : items.filter((one) => found(one, word));
  });

/** Also finds contacts that don't match, if they meet this condition. */
const findAlso = (found: Found) =>
  changeList('listContacts', (items, { organization, query: { search = '' } }) => {
    const word = fold(search).trim();
    const others = [...organization.contacts.rows]
      .filter(({ id }) => !items.some((one) => one['id'] === id))
      .map((one): Item => ({ ...one, dossier_count: 0 }));
    return word === '' ? items : [...items, ...others.filter((one) => found(one, word))];
  });

/** Faults in which contacts a search finds. */
export const searchFaults: readonly FaultyServer[] = [
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
      const watch = changeItems(['createContact', 'updateContact'], ({ id, email }) => {
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
    changeList('listContacts', (items, { organization, query: { search = '' } }) => {
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
    changeList('listContacts', (items, { organization, query: { search: text = '' } }) => {
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

const list = ['listContacts'] as const;

const isSearch = ({ query }: { readonly query: Readonly<Item> }): boolean =>
  typeof query['search'] === 'string' && query['search'] !== '';

/** Shows a field of found contacts as it was when they were first found. */
const showFirstValue = (field: string) => {
  const first = new Map<unknown, unknown>();
  return changeItems(list, (contact, call) => {
    if (!isSearch(call)) return;
    const { id } = contact;
    if (!first.has(id)) first.set(id, contact[field]);
    contact[field] = first.get(id);
  });
};

/** Faults in the matches, fields and counts of search results. */
export const searchResultFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/cities-of-the-index',
    'LG-CON-067',
    'shows whom it finds with the city that was indexed first',
    (own) => showFirstValue('city')(own),
  ),
  inHandlers(
    'contacts/notes-of-the-index',
    'LG-CON-069',
    'shows whom it finds with the notes that were indexed first',
    (own) => showFirstValue('notes')(own),
  ),
  inHandlers(
    'contacts/uncounted-when-found',
    'LG-CON-053',
    'counts one dossier at most of those whom a search finds',
    changeItems(list, (contact, call) => {
      if (isSearch(call)) contact['dossier_count'] = Math.min(1, Number(contact['dossier_count']));
    }),
  ),
  inHandlers(
    'contacts/people-of-dossiers-unsearched',
    'LG-CON-012',
    'finds nobody who came with a dossier',
    (own) => {
      const unseen = new Set<unknown>();
      const known = new Set<unknown>();
      const remember = beforeOperation('createDossier', ({ organization }) => {
        for (const { id } of organization.contacts.rows) known.add(id);
      });
      const note = afterOperation('createDossier', ({ organization }, { id }) => {
        for (const { contact_id } of organization.links.by('dossier', String(id)))
          if (!known.has(contact_id)) unseen.add(contact_id);
      });
      const choose = changeList('listContacts', (items, call) =>
        isSearch(call) ? items.filter((one) => !unseen.has(one['id'])) : items,
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
      const note = afterOperation('linkDossierContact', ({ params }, { contact_id }) => {
        const pair = `${params['id'] ?? ''} ${String(contact_id)}`;
        if (pairs.has(pair)) extra.set(contact_id, (extra.get(contact_id) ?? 0) + 1);
        pairs.add(pair);
      });
      const show = changeItems(['getContact'], (contact) => {
        const more = extra.get(contact['id']) ?? 0;
        contact['dossier_count'] = Number(contact['dossier_count']) + more;
      });
      return { ...note(own), ...show(own) };
    },
  ),
];

const { maximum } = pageSizes(readContract(), 'listContacts');

/** Changes the query of lists of contacts. */
const onQuery = (inject: (query: URLSearchParams) => void) =>
  onRequest(['listContacts'], (request) => {
    const url = new URL(request.url);
    inject(url.searchParams);
    return Promise.resolve(new Request(url, request));
  });

const alsoSearched = ['email', 'company', 'role'];

/** Faults in lists of contacts. */
export const contactListFaults: readonly FaultyServer[] = [
  faultyServer(
    'contacts/everybody-of-a-kind',
    'LG-CON-004',
    'lists a kind across organisations',
    ({ state, own }) => ({
      handlers: changeList('listContacts', (items, { organization, query: { kind } }) => {
        const call = kind as string[] | undefined;
        const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
        const foreign = others.flatMap(({ contacts }) =>
          [...contacts.rows].filter((one) => one.kind.some((it) => call?.includes(it))),
        );
        return [...items, ...foreign.map((one) => ({ ...one, dossier_count: 0 }))];
      })(own),
    }),
  ),
  faultyServer(
    'contacts/unbracketed-or',
    'LG-CON-004',
    'searches the names in its organisation, OR the other fields in all of them',
    ({ state, own }) => ({
      handlers: changeList('listContacts', (items, { organization, query: { search = '' } }) => {
        const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
        const foreign = others.flatMap(({ contacts }): Item[] =>
          [...contacts.rows].map((one) => ({ ...one, dossier_count: 0 })),
        );
        const matches = (one: Item) =>
          alsoSearched.some((field) => JSON.stringify(one[field]).includes(String(search)));
        return search === '' ? items : [...items, ...foreign.filter(matches)];
      })(own),
    }),
  ),
  onWire(
    'contacts/second-page-first',
    'LG-CON-018',
    'answers the second page where none is asked for',
    onQuery((query) => {
      if (!query.has('page')) query.set('page', '2');
    }),
  ),
  onWire(
    'contacts/twenty-a-page',
    'LG-CON-019',
    'shows twenty contacts on a page unless told',
    onQuery((query) => {
      if (!query.has('per_page')) query.set('per_page', '20');
    }),
  ),
  onWire(
    'contacts/ten-found-a-page',
    'LG-CON-019',
    'shows ten on a page of a search unless told',
    onQuery((query) => {
      if (!query.has('per_page') && query.has('search')) query.set('per_page', '10');
    }),
  ),
  onWire(
    'contacts/one-less-than-hundred',
    'LG-CON-020',
    'shows 99 contacts where 100 are asked for',
    onPage(['listContacts'], ({ data }) => {
      data.splice(maximum - 1);
    }),
  ),
  inHandlers(
    'contacts/short-pages-of-kinds',
    'LG-CON-020',
    'shows fifty of a kind at most, whatever it is asked and tells',
    (own) => ({
      listContacts: (call) => {
        const { data, meta } = own.listContacts(call).body;
        const { kind, per_page } = call.query;
        return { body: { data: kind && per_page > 50 ? data.slice(0, 50) : data, meta } };
      },
    }),
  ),
];

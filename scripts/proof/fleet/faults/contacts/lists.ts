import { rechoose, type Item } from '../../bend/shown.ts';
import { onPage } from '../../../../../conformance/liars/answers.ts';
import { onRequest } from '../../../../../conformance/liars/requests.ts';
import { pageSizes } from '../../../../../conformance/world/page-sizes.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

const { maximum } = pageSizes(readContract(), 'listContacts');

/** Sends another query on, if it should. */
const onQuery = (bend: (query: URLSearchParams) => void) =>
  onRequest(['listContacts'], (request) => {
    const url = new URL(request.url);
    bend(url.searchParams);
    return Promise.resolve(new Request(url, request));
  });

const searched = ['email', 'company', 'role'];

/** What is wrong with lists of contacts. */
export const lists: readonly Fault[] = [
  fault(
    'contacts/everybody-of-a-kind',
    'LG-CON-004',
    'lists a kind across organisations',
    ({ state, own }) => ({
      handlers: rechoose('listContacts', (items, { organization, query: { kind } }) => {
        const asked = kind as string[] | undefined;
        const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
        const foreign = others.flatMap(({ contacts }) =>
          [...contacts.rows].filter((one) => one.kind.some((it) => asked?.includes(it))),
        );
        return [...items, ...foreign.map((one) => ({ ...one, dossier_count: 0 }))];
      })(own),
    }),
  ),
  fault(
    'contacts/unbracketed-or',
    'LG-CON-004',
    'searches the names in its organisation, OR the other fields in all of them',
    ({ state, own }) => ({
      handlers: rechoose('listContacts', (items, { organization, query: { search = '' } }) => {
        const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
        const foreign = others.flatMap(({ contacts }): Item[] =>
          [...contacts.rows].map((one) => ({ ...one, dossier_count: 0 })),
        );
        const matches = (one: Item) =>
          searched.some((field) => JSON.stringify(one[field]).includes(String(search)));
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
      listContacts: (asked) => {
        const { data, meta } = own.listContacts(asked).body;
        const { kind, per_page } = asked.query;
        return { body: { data: kind && per_page > 50 ? data.slice(0, 50) : data, meta } };
      },
    }),
  ),
];

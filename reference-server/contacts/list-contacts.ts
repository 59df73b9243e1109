import type { operations } from '../../openapi/generated/types.ts';
import { ok, type Handler, type RequestOf } from '../http/handler.ts';
import type { Organization } from '../state/organization.ts';
import { pageNewestFirst } from '../state/page.ts';
import type { Contact } from '../state/records.ts';
import { isInPool } from './pool.ts';
import { presentContact } from './rules.ts';
import { createSearch } from './search.ts';

type Filters = RequestOf<operations['listContacts']>['query'];
type Filter = (contact: Contact) => boolean;

/** Lists the contacts that meet all filters, the newest first (LG-CON-004 to LG-CON-023). */
export const listContacts: Handler<'listContacts'> = ({ query, organization, clock }) => {
  const filters = readFilters(organization, query, clock.now());
  const matches: Filter | undefined =
    filters.length === 0 ? undefined : (contact) => filters.every((passes) => passes(contact));
  const { data, meta } = pageNewestFirst(organization.contacts.rows, query, matches);
  return ok({ data: data.map((contact) => presentContact(organization, contact)), meta });
};

/** The filters in use. */
const readFilters = (
  organization: Organization,
  { kind = [], pool, search = '' }: Filters,
  now: number,
): Filter[] => {
  const filters: Filter[] = [];
  // Any of the kinds will do (LG-CON-007).
  if (kind.length > 0) filters.push((contact) => contact.kind.some((one) => kind.includes(one)));
  if (pool !== undefined) filters.push((contact) => isInPool(organization, contact, pool, now));
  if (search.trim() !== '') filters.push(createSearch(search));
  return filters;
};

import type { operations } from '../../openapi/generated/types.ts';
import { ok, type Handler, type RequestOf } from '../http/handler.ts';
import type { Organization } from '../state/organization.ts';
import { pageNewestFirst, pageOfNewest, type Page } from '../state/page.ts';
import type { Contact } from '../state/records.ts';
import { isInPool } from './pool.ts';
import { presentContact } from './rules.ts';
import { pageOfFound } from './search.ts';

type Query = RequestOf<operations['listContacts']>['query'];
type Kinds = readonly Contact['kind'][number][];

/** Lists the contacts that meet all filters, the newest first (LG-CON-004 to LG-CON-023). */
export const listContacts: Handler<'listContacts'> = ({ query, organization, clock }) => {
  const { data, meta } = pageOf(organization, query, clock.now());
  return ok({ data: data.map((contact) => presentContact(organization, contact)), meta });
};

const pageOf = (organization: Organization, query: Query, now: number): Page<Contact> => {
  const { kind = [], pool, search = '' } = query;
  const { contacts, poolWindows } = organization;
  const isOfKind = (contact: Contact): boolean => kind.length === 0 || hasAny(contact.kind, kind);
  const passes = (contact: Contact): boolean =>
    isOfKind(contact) && (pool === undefined || isInPool(organization, contact, pool, now));
  if (search.trim() !== '') {
    return pageOfFound(contacts.rows, search, query, kind.length + (pool ? 1 : 0) > 0 && passes);
  }
  if (pool !== undefined) {
    const once = contacts.some([...poolWindows.rows].map(({ id }) => id));
    return pageNewestFirst(once, query, passes);
  }
  if (kind.length === 0) return pageOfNewest(contacts.rows, query);
  const sets = contacts.keys('kinds').filter((key) => hasAny(key.split(' '), kind));
  return pageOfNewest(contacts.byAny('kinds', sets), query);
};

/** Any of the kinds will do (LG-CON-007). */
const hasAny = (own: readonly string[], wanted: Kinds): boolean =>
  wanted.some((kind) => own.includes(kind));

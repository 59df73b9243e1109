import type { operations } from '../../openapi/generated/types.ts';
import { type Handler, ok, type RequestOf } from '../http/handler.ts';
import type { Organization } from '../state/organization.ts';
import { type Page, pageNewestFirst, pageOfNewest } from '../state/page.ts';
import type { Contact } from '../state/records.ts';
import { unlinkEverywhere } from './links.ts';
import {
  addContact,
  distinctKinds,
  findContact,
  isInPool,
  presentContact,
  requireFreeEmail,
} from './rules.ts';
import { searchPage } from './search.ts';

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
    return searchPage(contacts.rows, search, query, kind.length + (pool ? 1 : 0) > 0 && passes);
  }
  if (pool !== undefined) {
    const everInPool = contacts.some([...poolWindows.rows].map(({ id }) => id));
    return pageNewestFirst(everInPool, query, passes);
  }
  if (kind.length === 0) return pageOfNewest(contacts.rows, query);
  const sets = contacts.keys('kinds').filter((key) => hasAny(key.split(' '), kind));
  return pageOfNewest(contacts.byAny('kinds', sets), query);
};

/** One of the kinds is enough (LG-CON-007). */
const hasAny = (own: readonly string[], wanted: Kinds): boolean =>
  wanted.some((kind) => own.includes(kind));

/**
 * Creates a contact that is linked to no dossier (LG-CON-025 to LG-CON-050).
 *
 * Refuses an e-mail address that another contact has (duplicate_contact).
 */
export const createContact: Handler<'createContact'> = ({ body, organization, clock, newId }) => {
  requireFreeEmail(organization, body.email);
  const contact = addContact(organization, body, { clock, newId });
  return ok({ data: presentContact(organization, contact) });
};

/** Returns one contact with the number of its dossiers (LG-CON-051 to LG-CON-054). */
export const getContact: Handler<'getContact'> = ({ params, organization }) =>
  ok({ data: presentContact(organization, findContact(organization, params.id)) });

/**
 * Updates the fields that were sent and no others; null clears an optional field (LG-CON-055 to
 * LG-CON-073).
 *
 * Refuses an unknown contact (not_found) and an e-mail address that another contact has
 * (duplicate_contact).
 */
export const updateContact: Handler<'updateContact'> = ({ params, body, organization }) => {
  const contact = findContact(organization, params.id);
  requireFreeEmail(organization, body.email, contact.id);
  const changed = { ...contact, ...body };
  organization.contacts.replace({ ...changed, kind: distinctKinds(changed.kind) });
  return ok({ data: presentContact(organization, findContact(organization, params.id)) });
};

/**
 * Deletes a contact with its links and its pool window; its dossiers stay (LG-CON-074 to
 * LG-CON-079). Refuses an unknown contact (not_found).
 */
export const deleteContact: Handler<'deleteContact'> = ({ params, organization }) => {
  const { id } = findContact(organization, params.id);
  unlinkEverywhere(organization, id);
  if (organization.poolWindows.get(id)) organization.poolWindows.remove(id);
  organization.contacts.remove(id);
  return ok({ data: { id, deleted: true } });
};

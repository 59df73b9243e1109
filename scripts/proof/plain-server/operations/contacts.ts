import { found, made, type Call, type Operation } from '../call.ts';
import { kinds, pools } from '../facts.ts';
import { inOrder } from '../lists/orders.ts';
import { page } from '../lists/pages.ts';
import { readFilter, readValue, valuesOf } from '../lists/parameters.ts';
import { readSearch } from '../lists/search.ts';
import { endOfDay } from '../moments.ts';
import type { Contact, ContactFields } from '../records.ts';
import { duplicate, invalid, unforeseen } from '../refusal.ts';
import { addContact, changeContact, holderOf } from '../state/contacts.ts';
import { primaryOf, promoteAnother, removeLink } from '../state/links.ts';
import { readContactFields } from '../values/contact-fields.ts';
import { showContact } from '../views/contact.ts';
import { orHalfDone } from './half-done.ts';
import { theContact } from './named.ts';

export const listContacts: Operation = (call) => {
  const { installation, listed, query } = call;
  const inPool = readFilter(installation, query, 'pool', pools);
  const hasKind = readKindFilter(call);
  const [text] = valuesOf(installation, query, 'search');
  const isFound = text === undefined ? () => true : readSearch(installation, text);
  const passes = (contact: Contact): boolean =>
    hasKind(contact) && isFound(contact) && (!query.has('pool') || inPool(poolOf(call, contact)));
  const items = inOrder(installation, 'LG-CON-021', listed.contacts).filter(passes);
  return page(call, items, (contact) => showContact(call, listed, contact, 'list'));
};

/** A contact passes if it has any of the kinds, or all of them (LG-CON-007). */
const readKindFilter = ({ installation, query }: Call): ((contact: Contact) => boolean) => {
  const tests = query.getAll('kind').map((one) => readValue(installation, one, 'kind', kinds));
  if (tests.length === 0) return () => true;
  return installation.takes('LG-CON-007', 1)
    ? ({ kind }) => tests.every((test) => passesKind(kind, test))
    : ({ kind }) => tests.some((test) => passesKind(kind, test));
};

/** A filter that lets everything pass lets those without a kind pass too. */
const passesKind = (own: Contact['kind'], test: (kind: string) => boolean): boolean =>
  test('') || own.some(test);

const poolOf = ({ installation }: Call, { until }: Contact): string => {
  const { takes, now } = installation;
  if (until === undefined) return '';
  return now() < (takes('LG-CON-011', 1) ? endOfDay(until) : until) ? 'in_pool' : 'expired';
};

export const createContact: Operation = (call) => {
  const { installation, organization, body } = call;
  const { full_name, ...fields } = readContactFields(installation, body, true);
  if (full_name === undefined) throw invalid(installation, 'full_name is missing');
  if (holderOf(organization, fields.email)) throw duplicate(installation);
  const contact = addContact(installation, organization, { full_name, ...fields });
  return made(showContact(call, organization, contact, 'create'));
};

export const getContact: Operation = (call) =>
  found(showContact(call, call.listed, theContact(call), 'get'));

const changeable = [
  ...['full_name', 'email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'kind', 'notes'],
];

export const updateContact: Operation = (call) => {
  const contact = theContact(call);
  const { installation, organization } = call;
  return orHalfDone(call, changeable, (body) => {
    const fields = readContactFields(installation, body, false);
    if (!changeable.some((name) => name in body) && installation.takes('LG-CON-072', 1)) {
      throw unforeseen(installation, 'there is nothing to change', 'empty_change');
    }
    if (holderOf(organization, fields.email, contact)) throw duplicate(installation);
    changeContact(installation, contact, fields);
    tellDossiers(call, contact, fields);
    return found(showContact(call, organization, contact, 'change', body));
  });
};

/** Dossiers follow their primary contact, where they do so (LG-CON-073). */
const tellDossiers = (
  { installation, organization, occurrences }: Call,
  contact: Contact,
  fields: Partial<ContactFields>,
): void => {
  for (const dossier of organization.dossiers) {
    if (primaryOf(dossier) !== contact) continue;
    occurrences.push({ what: 'primary-changed', dossier });
    if (!installation.takes('LG-CON-073', 1)) continue;
    for (const name of ['email', 'phone', 'company', 'role'] as const) {
      const value = fields[name];
      if (value === undefined || dossier[name] === value) continue;
      dossier[name] = value;
      occurrences.push({ what: 'changed', dossier, named: [], changed: [name] });
    }
  }
};

export const deleteContact: Operation = (call) => {
  const contact = theContact(call);
  const { installation, organization, occurrences } = call;
  const { contacts, dossiers } = organization;
  contacts.splice(contacts.indexOf(contact), 1);
  for (const dossier of dossiers) {
    const links = dossier.links.filter((link) => link.contact === contact);
    if (links.length === 0) continue;
    for (const link of links) removeLink(dossier, link);
    const primary = links.some(({ is_primary }) => is_primary);
    if (primary && installation.takes('LG-CON-079', 1)) promoteAnother(dossier);
    occurrences.push({ what: 'contact-deleted', dossier });
  }
  return found({ id: contact.id, deleted: true });
};

import { type Call, found, made, type Operation } from '../core/call.ts';
import { endOfDay, type Installation } from '../core/installation.ts';
import { type Contact, type ContactFields, kinds, pools } from '../core/records.ts';
import { duplicate, invalid, undocumentedRefusal } from '../core/refusals.ts';
import {
  addContact,
  changeContact,
  holderOf,
  primaryOf,
  promoteAnother,
  removeLink,
} from '../core/state.ts';
import { showContact } from '../core/views.ts';
import { readContactFields } from '../values/fields.ts';
import { inOrder, page, readFilter, readValue, valuesOf } from './lists.ts';
import { orHalfDone, theContact } from './lookup.ts';

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

/** Matches contacts that have any of the kinds, or all of them (LG-CON-007). */
const readKindFilter = ({ installation, query }: Call): ((contact: Contact) => boolean) => {
  const tests = query.getAll('kind').map((one) => readValue(installation, one, 'kind', kinds));
  if (tests.length === 0) return () => true;
  return installation.takes('LG-CON-007', 1)
    ? ({ kind }) => tests.every((test) => passesKind(kind, test))
    : ({ kind }) => tests.some((test) => passesKind(kind, test));
};

/** A test that matches every value also matches contacts without a kind. */
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

const updatableFields = [
  ...['full_name', 'email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'kind', 'notes'],
];

export const updateContact: Operation = (call) => {
  const contact = theContact(call);
  const { installation, organization } = call;
  return orHalfDone(call, updatableFields, (body) => {
    const fields = readContactFields(installation, body, false);
    if (!updatableFields.some((name) => name in body) && installation.takes('LG-CON-072', 1)) {
      throw undocumentedRefusal(installation, 'there is nothing to change', 'empty_change');
    }
    if (holderOf(organization, fields.email, contact)) throw duplicate(installation);
    changeContact(installation, contact, fields);
    notifyDossiers(call, contact, fields);
    return found(showContact(call, organization, contact, 'change', body));
  });
};

/** Copies the fields to dossiers with this primary contact, if these follow it (LG-CON-073). */
const notifyDossiers = (
  { installation, organization, changes }: Call,
  contact: Contact,
  fields: Partial<ContactFields>,
): void => {
  for (const dossier of organization.dossiers) {
    if (primaryOf(dossier) !== contact) continue;
    changes.push({ what: 'primary-changed', dossier });
    if (!installation.takes('LG-CON-073', 1)) continue;
    for (const name of ['email', 'phone', 'company', 'role'] as const) {
      const value = fields[name];
      if (value === undefined || dossier[name] === value) continue;
      dossier[name] = value;
      changes.push({ what: 'changed', dossier, named: [], changed: [name] });
    }
  }
};

export const deleteContact: Operation = (call) => {
  const contact = theContact(call);
  const { installation, organization, changes } = call;
  const { contacts, dossiers } = organization;
  contacts.splice(contacts.indexOf(contact), 1);
  for (const dossier of dossiers) {
    const links = dossier.links.filter((link) => link.contact === contact);
    if (links.length === 0) continue;
    for (const link of links) removeLink(dossier, link);
    const primary = links.some(({ is_primary }) => is_primary);
    if (primary && installation.takes('LG-CON-079', 1)) promoteAnother(dossier);
    changes.push({ what: 'contact-deleted', dossier });
  }
  return found({ id: contact.id, deleted: true });
};

const searched = ['full_name', 'email', 'company', 'role'] as const;

/** The default lag of the search, in milliseconds (LG-GEN-053). */
const defaultLag = 150;

/** The test of a contact that a search text means. */
const readSearch = (installation: Installation, sent: string): ((contact: Contact) => boolean) => {
  const { choice, takes } = installation;
  const blank = sent.trim() === '';
  if (blank && choice('LG-CON-017') === 2) throw invalid(installation, 'search is empty');
  if (blank && choice('LG-CON-017') === 3) return () => false;
  if (sent === '' || (blank && choice('LG-CON-017') !== 1)) return () => true;
  const text = choice('LG-CON-017') === 1 ? sent : sent.trim();
  if (isUnsearched(installation, text)) return () => false;
  const matches = matcher(installation, text);
  const normalizeText = fold(takes('LG-CON-015', 1), takes('LG-CON-014', 3));
  return (contact) => {
    const fields = indexedFields(installation, contact);
    return (
      fields !== undefined && matches(searched.map((name) => normalizeText(fields[name] ?? '')))
    );
  };
};

/** The minimum length of a word in an index that omits short words. */
const minWordLength = 4;
/** Some of the words that an index omits as too common. */
const commonWords = new Set([
  'with',
  'over',
  'voor',
  'team',
  'that',
  'this',
  'from',
  'the',
  'and',
  'van',
]);

/**
 * Whether no word of a text is in the index (LG-CON-085).
 *
 * @throws Refusal if the text is too short
 */
const isUnsearched = (installation: Installation, text: string): boolean => {
  const { choice } = installation;
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u);
  const isShort = words.every((word) => Array.from(word).length < minWordLength);
  if (isShort && choice('LG-CON-085') === 2) throw invalid(installation, 'search is too short');
  if (choice('LG-CON-085') === 1) return isShort;
  return choice('LG-CON-085') === 3 && words.every((word) => commonWords.has(word.toLowerCase()));
};

/**
 * Normalises a text: its letter case, unless it matters, and its accents, if similar spellings
 * match.
 */
const fold =
  (byCase: boolean, similar: boolean) =>
  (text: string): string => {
    const plain = similar ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
    return byCase ? plain : plain.toLowerCase();
  };

const matcher = (
  { takes }: Installation,
  text: string,
): ((fields: readonly string[]) => boolean) => {
  const wanted = fold(takes('LG-CON-015', 1), takes('LG-CON-014', 3))(text);
  const within = takes('LG-CON-016', 1)
    ? likePattern(wanted)
    : (field: string) => field.includes(wanted);
  if (takes('LG-CON-014', 1)) {
    const words = wanted.split(/\s+/);
    return (fields) => words.every((word) => fields.some((field) => field.includes(word)));
  }
  if (takes('LG-CON-014', 2)) {
    // At the start of a field, or after anything but a letter or digit.
    return (fields) => fields.some((field) => beginsWord(field, wanted));
  }
  return (fields) => fields.some(within);
};

const beginsWord = (field: string, wanted: string): boolean => {
  for (let at = field.indexOf(wanted); at >= 0; at = field.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(field[at - 1] ?? '')) return true;
  }
  return false;
};

/** Matches like LIKE in SQL: % is any text, and _ any character (LG-CON-016). */
const likePattern = (wanted: string): ((field: string) => boolean) => {
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(escaped.replaceAll('%', '.*').replaceAll('_', '.'), 's');
  return (field) => pattern.test(field);
};

/**
 * The fields that the search has for a contact; undefined for a contact it doesn't have yet
 * (LG-GEN-053).
 */
const indexedFields = (
  { takes, variations, realNow }: Installation,
  contact: Contact,
): ContactFields | undefined => {
  if (!takes('LG-GEN-053', 1)) return contact;
  const lag = variations.searchLag ?? defaultLag;
  return realNow() - contact.changedAt < lag ? contact.former : contact;
};

import type { Schemas } from '../../openapi/contract.ts';
import { notFound, Refusal } from '../http/refusals.ts';
import { type Services, timestamp } from '../runtime/services.ts';
import { emailKey, type Organization } from '../state/organization.ts';
import type { Contact } from '../state/records.ts';

/** The fields of a new contact. */
export type ContactDraft = Pick<Contact, 'full_name' | 'kind'> &
  Partial<Omit<Contact, 'id' | 'created_at'>>;

/** @throws Refusal not_found for an id that no contact of the organisation has (LG-ERR-016) */
export const findContact = ({ contacts }: Organization, id: string): Contact => {
  const contact = contacts.get(id);
  if (!contact) throw notFound('Contact');
  return contact;
};

/** The contact with an e-mail address, ignoring case. */
export const findByEmail = ({ contacts }: Organization, email: string): Contact | undefined =>
  contacts.firstBy('email', emailKey(email));

/**
 * Makes sure that no other contact has an e-mail address (LG-CON-032, LG-CON-060, LG-CON-061).
 *
 * @param own - the id of the contact; undefined for a new one
 * @throws Refusal duplicate_contact
 */
export const requireFreeEmail = (
  organization: Organization,
  email: string | null | undefined,
  own?: string,
): void => {
  const holder = typeof email === 'string' && findByEmail(organization, email);
  if (!holder || holder.id === own) return;
  throw new Refusal('duplicate_contact', 'A contact with this e-mail address exists already.');
};

/** Each kind once, in the order in which they were sent (LG-CON-047). */
export const distinctKinds = (kinds: Contact['kind']): Contact['kind'] => [...new Set(kinds)];

/** Adds a contact. Its e-mail address must be free: see {@link requireFreeEmail}. */
export const addContact = (
  { contacts }: Organization,
  draft: ContactDraft,
  { clock, newId }: Pick<Services, 'clock' | 'newId'>,
): Contact => {
  const contact: Contact = {
    id: newId(),
    full_name: draft.full_name,
    email: draft.email ?? null,
    phone: draft.phone ?? null,
    linkedin_url: draft.linkedin_url ?? null,
    company: draft.company ?? null,
    role: draft.role ?? null,
    city: draft.city ?? null,
    kind: distinctKinds(draft.kind),
    notes: draft.notes ?? null,
    created_at: timestamp(clock.now()),
  };
  contacts.insert(contact);
  return contact;
};

/** A contact as the API shows it, with the number of all its dossiers (LG-CON-053, LG-CON-054). */
export const presentContact = (
  { links }: Organization,
  contact: Contact,
): Required<Schemas['Contact']> => ({
  // Field by field for speed, see linkContact: a page has up to a hundred contacts.
  id: contact.id,
  full_name: contact.full_name,
  email: contact.email,
  phone: contact.phone,
  linkedin_url: contact.linkedin_url,
  company: contact.company,
  role: contact.role,
  city: contact.city,
  kind: [...contact.kind],
  notes: contact.notes,
  created_at: contact.created_at,
  dossier_count: links.by('contact', contact.id).length,
});

/**
 * Whether a contact has a talent pool status at a given time; at the end of its window it is
 * expired (LG-CON-008 to LG-CON-011).
 *
 * @param now - in milliseconds since 1970
 */
export const isInPool = (
  { poolWindows }: Organization,
  { id }: Contact,
  status: Schemas['PoolStatus'],
  now: number,
): boolean => {
  const window = poolWindows.get(id);
  if (!window) return false;
  return status === (now < window.until ? 'in_pool' : 'expired');
};

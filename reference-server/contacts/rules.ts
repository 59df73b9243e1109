import { timestamp, type Services } from '../services.ts';
import { emailKey, type Organization } from '../state/organization.ts';
import type { Contact } from '../state/records.ts';

/** What is said of a new contact. */
export type ContactDraft = Pick<Contact, 'full_name'> &
  Partial<Omit<Contact, 'id' | 'full_name' | 'created_at'>>;

/** The contact with an e-mail address, in whatever letter case. */
export const findByEmail = ({ contacts }: Organization, email: string): Contact | undefined =>
  contacts.by('email', emailKey(email)).at(0);

/** Adds a contact. Its e-mail address must be free: see {@link findByEmail}. */
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
    kind: draft.kind ?? [],
    notes: draft.notes ?? null,
    created_at: timestamp(clock.now()),
  };
  contacts.insert(contact);
  return contact;
};

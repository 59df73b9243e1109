import type { Installation } from '../installation.ts';
import type { Contact, ContactFields, Organization } from '../records.ts';
import { sameAddress } from '../values/address.ts';

export const addContact = (
  { ids, now, realNow, next, freedoms: { poolsNewContacts } }: Installation,
  { contacts }: Organization,
  fields: Partial<ContactFields> & Pick<ContactFields, 'full_name'>,
): Contact => {
  const contact: Contact = {
    ...{ id: ids.uuid(), createdAt: now(), touched: next(), changedAt: realNow() },
    ...{ email: null, phone: null, linkedin_url: null, company: null, role: null, city: null },
    ...{ kind: [], notes: null },
    ...(poolsNewContacts === undefined ? {} : { until: now() + poolsNewContacts }),
    ...fields,
  };
  contacts.push(contact);
  return contact;
};

/** Changes a contact, and remembers what it was for a search that trails behind. */
export const changeContact = (
  { realNow, next, freedoms }: Installation,
  contact: Contact,
  fields: Partial<ContactFields>,
): void => {
  const settled = realNow() - contact.changedAt >= (freedoms.searchLag ?? 0);
  if (settled) contact.former = { ...contact };
  Object.assign(contact, fields, { touched: next(), changedAt: realNow() });
};

/** Whoever has this address already. */
export const holderOf = (
  { contacts }: Organization,
  email: string | null | undefined,
  except?: Contact,
): Contact | undefined =>
  email ? contacts.find((one) => one !== except && sameAddress(one.email, email)) : undefined;

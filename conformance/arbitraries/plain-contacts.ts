import type { NewContact } from '../world/contacts.ts';

/** So many unremarkable contacts, where only their number matters. */
export const plainContacts = (count: number): NewContact[] =>
  Array.from({ length: count }, (_, index) => ({ full_name: `Contact ${String(index + 1)}` }));

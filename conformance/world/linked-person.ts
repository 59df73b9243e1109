import type { NewContact } from './contacts.ts';
import { expectEqual } from './expectations.ts';
import type { LinkedContact } from './links.ts';

/** Letters composed, of an address the letters: how they are written is a matter of decisions. */
const comparable = ({ full_name, company, email }: NewContact | LinkedContact): unknown[] => [
  full_name.normalize('NFC'),
  company?.normalize('NFC') || null,
  email?.toLowerCase() || null,
];

/** The list of a dossier shows this person, with the values that the contact has. */
export const expectPerson = (listed: LinkedContact, contact: NewContact): void => {
  const what = 'the full name, company and e-mail address in the list';
  expectEqual(comparable(listed), comparable(contact), what);
};

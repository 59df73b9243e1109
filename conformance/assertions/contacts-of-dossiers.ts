import type { Organization } from '../context/context.ts';
import { expectEqual, Nonconformity } from '../context/expectations.ts';
import type { Contact, LinkedContact, NewContact } from '../contract/resources.ts';
import { contactIdsIn, findListedContact, retrieveContact } from '../fixtures/contacts.ts';
import { changeDossier, findDossierUnderAnyStatus, retrieveDossier } from '../fixtures/dossiers.ts';
import { contactsOfDossier, linkContact } from '../fixtures/links-and-notes.ts';
import { comparableContactValue } from './contacts.ts';
import { expectPermittedRefusal } from './refusals.ts';

/** A new dossier's one contact: as the dossier lists it, and by its id. */
export interface FirstContact {
  readonly listed: LinkedContact;
  readonly contact: Contact;
}

/** The one contact that a dossier has when it is new; there must be one, and no other. */
export const firstContactOf = async (org: Organization, dossier: string): Promise<FirstContact> => {
  const linked = await contactsOfDossier(org, dossier);
  expectEqual(linked.length, 1, 'the number of contacts on the new dossier');
  const [listed] = linked as [LinkedContact];
  return { listed, contact: await retrieveContact(org, listed.contact_id) };
};

/** The ids of the contacts that there are more, after something was done, than there were. */
export const contactsAddedBy = async (
  org: Organization,
  act: () => Promise<unknown>,
): Promise<string[]> => {
  const before = new Set(await contactIdsIn(org));
  await act();
  return (await contactIdsIn(org)).filter((id) => !before.has(id));
};

/** The fields that are kept with a dossier or with its contact (LG-DOS-042, LG-DOS-061). */
export interface Details {
  readonly email?: string;
  readonly phone?: string;
  readonly role?: string;
}

type DetailView = Readonly<Record<string, unknown>>;

/**
 * Each value can be read: an answer about the dossier shows it, or one about a contact that is
 * linked to it. The echo of the request that sent it doesn't count.
 */
export const expectDetailsKept = async (
  org: Organization,
  id: string,
  sent: Details,
): Promise<void> => {
  let lost: [string, unknown][] = Object.entries(sent);
  const shown: DetailView[] = [];
  for await (const view of viewsOf(org, id)) {
    lost = lost.filter(
      ([name, value]) =>
        comparableContactValue(name, view[name]) !== comparableContactValue(name, value),
    );
    if (lost.length === 0) return;
    shown.push(Object.fromEntries(lost.map(([name]) => [name, view[name] ?? null])));
  }
  const expected = lost.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  throw new Nonconformity(`${expected} on the dossier or its contact`, JSON.stringify(shown));
};

/** What answers show of a dossier and its contacts, the cheapest first. */
async function* viewsOf(org: Organization, id: string): AsyncGenerator<DetailView> {
  const retrieved = await retrieveDossier(org, id);
  yield retrieved;
  yield await findDossierUnderAnyStatus(org, id);
  for (const linked of await contactsOfDossier(org, id)) {
    yield linked;
    yield await retrieveContact(org, linked.contact_id);
    yield await findListedContact(org, linked.contact_id);
  }
  // The answer to a change may show more of a dossier than others do (LG-DOS-018).
  yield await changeDossier(org, id, { name: retrieved.name });
  yield await retrieveDossier(org, id);
}

/** Letters composed, of an address the letters: how they are written is a matter of decisions. */
const comparablePerson = ({ full_name, company, email }: NewContact | LinkedContact): unknown[] => [
  full_name.normalize('NFC'),
  company?.normalize('NFC') || null,
  email?.toLowerCase() || null,
];

/** The list of a dossier shows this person, with the values that the contact has. */
export const expectLinkedPerson = (listed: LinkedContact, contact: NewContact): void => {
  const what = 'the full name, company and e-mail address in the list';
  expectEqual(comparablePerson(listed), comparablePerson(contact), what);
};

/**
 * Linking a contact is refused as one that the organisation doesn't have, and links nobody; the
 * twin, with one that it has, is linked.
 */
export const expectNotLinked = async (
  org: Organization,
  dossier: string,
  contact_id: string,
  twin: string,
): Promise<void> => {
  const idsOn = async () =>
    (await contactsOfDossier(org, dossier)).map((one) => one.contact_id).sort();
  const before = await idsOn();
  const body = { contact_id, role_on_dossier: 'champion' } as const;
  const offence = await org.all.send('linkDossierContact', { path: { id: dossier }, body });
  expectPermittedRefusal(org.context, offence, ['LG-LNK-013']);
  expectEqual(await idsOn(), before, 'the same contacts as before,');
  await linkContact(org, dossier, { ...body, contact_id: twin });
};

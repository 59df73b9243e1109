import type { Organization } from '../context/context.ts';
import { expectEqual, Nonconformity } from '../context/expectations.ts';
import type { Contact, LinkedContact, NewContact } from '../contract/resources.ts';
import { contactIdsIn, findListedContact, retrieveContact } from '../fixtures/contacts.ts';
import { findDossierUnderAnyStatus, retrieveDossier, updateDossier } from '../fixtures/dossiers.ts';
import { contactsOfDossier, linkContact } from '../fixtures/links-and-notes.ts';
import { comparableContactValue } from './contacts.ts';
import { type FieldRequirements, requirementsAbout } from './fields.ts';
import { expectPermittedRefusal } from './refusals.ts';

/** The only contact of a new dossier, as listed by the dossier and as retrieved. */
export interface OnlyContact {
  readonly listed: LinkedContact;
  readonly contact: Contact;
}

/** The only contact of a new dossier; fails if there isn't exactly one. */
export const onlyContactOf = async (org: Organization, dossier: string): Promise<OnlyContact> => {
  const linked = await contactsOfDossier(org, dossier);
  expectEqual(linked.length, 1, 'the number of contacts on the new dossier');
  const [listed] = linked as [LinkedContact];
  return { listed, contact: await retrieveContact(org, listed.contact_id) };
};

/** The ids of the contacts that exist after `act` and didn't exist before. */
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
 * Each value is kept: a response about the dossier or one of its contacts returns it. The response
 * to the request that sent the value doesn't count.
 *
 * @param requirements - those about the fields; a failure is about the fields that were lost
 */
export const expectDetailsKept = async (
  org: Organization,
  id: string,
  sent: Details,
  requirements?: FieldRequirements,
): Promise<void> => {
  const { about } = org.context;
  let lost: [string, unknown][] = Object.entries(sent);
  if (requirements) about(...requirementsAbout(requirements, Object.keys(sent)));
  const shown: DetailView[] = [];
  for await (const view of responsesAbout(org, id)) {
    lost = lost.filter(
      ([name, value]) =>
        comparableContactValue(name, view[name]) !== comparableContactValue(name, value),
    );
    if (lost.length === 0) return;
    shown.push(Object.fromEntries(lost.map(([name]) => [name, view[name] ?? null])));
  }
  const names = lost.map(([name]) => name);
  if (requirements) about(...requirementsAbout(requirements, names));
  const expected = lost.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  throw new Nonconformity(`${expected} on the dossier or its contact`, JSON.stringify(shown));
};

/** The responses about a dossier and its contacts, the cheapest first. */
async function* responsesAbout(org: Organization, id: string): AsyncGenerator<DetailView> {
  const retrieved = await retrieveDossier(org, id);
  yield retrieved;
  yield await findDossierUnderAnyStatus(org, id);
  for (const linked of await contactsOfDossier(org, id)) {
    yield linked;
    yield await retrieveContact(org, linked.contact_id);
    yield await findListedContact(org, linked.contact_id);
  }
  // The response to an update may contain more of a dossier than others do (LG-DOS-018).
  yield await updateDossier(org, id, { name: retrieved.name });
  yield await retrieveDossier(org, id);
}

/** Unicode composition and the letter case of an address are decisions, so they are normalised. */
const comparableContact = ({
  full_name,
  company,
  email,
}: NewContact | LinkedContact): unknown[] => [
  full_name.normalize('NFC'),
  company?.normalize('NFC') || null,
  email?.toLowerCase() || null,
];

/** The dossier lists this contact with its current full name, company and e-mail address. */
export const expectListedContactFields = (listed: LinkedContact, contact: NewContact): void => {
  const what = 'the full name, company and e-mail address in the list';
  expectEqual(comparableContact(listed), comparableContact(contact), what);
};

/**
 * Linking this contact is refused as unknown and changes nothing. As a positive control, a known
 * contact is linked.
 *
 * @param control - the id of a contact of the organisation
 */
export const expectNotLinked = async (
  org: Organization,
  dossier: string,
  contact_id: string,
  control: string,
): Promise<void> => {
  const idsOn = async () =>
    (await contactsOfDossier(org, dossier)).map((one) => one.contact_id).sort();
  const before = await idsOn();
  const body = { contact_id, role_on_dossier: 'champion' } as const;
  const invalid = await org.all.send('linkDossierContact', { path: { id: dossier }, body });
  expectPermittedRefusal(org.context, invalid, ['LG-LNK-013']);
  expectEqual(await idsOn(), before, 'the same contacts as before,');
  await linkContact(org, dossier, { ...body, contact_id: control });
};

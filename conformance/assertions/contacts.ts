import fc from 'fast-check';
import type { Organization, RuleContext } from '../context/context.ts';
import { expectEqual, expectThat, Nonconformity } from '../context/expectations.ts';
import type { Contact, ContactChanges, NewContact, ShownContact } from '../contract/resources.ts';
import {
  contactsIn,
  createContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
  updateContact,
} from '../fixtures/contacts.ts';
import { comparableDossierValue } from './dossiers.ts';

/** A contact after a creation or update, in the three places that show it. */
export interface ContactViews {
  readonly returned: ShownContact;
  readonly retrieved: Contact;
  readonly listed: Contact;
}

type ContactPlace = keyof ContactViews;

export const contactPlaces: readonly ContactPlace[] = ['returned', 'retrieved', 'listed'];

const contactPlaceNames: Readonly<Record<ContactPlace, string>> = {
  returned: 'the response to the creation or update',
  retrieved: 'the retrieved contact',
  listed: 'the list',
};

/** Creates a contact, then retrieves it and finds it in the list. */
export const createAndViewContact = async (
  org: Organization,
  draft: NewContact,
): Promise<ContactViews> => viewContact(org, await createContact(org, draft));

/** Updates a contact, then retrieves it and finds it in the list. */
export const updateAndViewContact = async (
  org: Organization,
  id: string,
  changes: ContactChanges,
): Promise<ContactViews> => viewContact(org, await updateContact(org, id, changes));

/** Retrieves a contact that was just created or updated, and finds it in the list. */
export const viewContact = async (
  org: Organization,
  returned: ShownContact,
): Promise<ContactViews> => ({
  returned,
  retrieved: await retrieveContact(org, returned.id),
  listed: await findListedContact(org, returned.id),
});

/**
 * Each field has the value that was sent, in the given places and wherever else it is shown.
 * Values are compared by {@link comparableContactValue}.
 */
export const expectContactKept = (
  seen: ContactViews,
  sent: Readonly<Record<string, unknown>>,
  places: readonly ContactPlace[],
): void => {
  for (const [name, value] of Object.entries(sent)) {
    for (const place of contactPlaces) {
      const shown = seen[place][name as keyof Contact];
      if (shown === undefined && !places.includes(place)) continue;
      const what = `${name} in ${contactPlaceNames[place]}`;
      expectEqual(comparableContactValue(name, shown), comparableContactValue(name, value), what);
    }
  }
};

/**
 * Normalises what only decisions settle: Unicode composition, phone format, order of kinds, letter
 * case of addresses, form of profile URLs.
 */
export const comparableContactValue = (name: string, value: unknown): unknown => {
  if (name === 'kind' && Array.isArray(value)) return [...(value as string[])].sort();
  if (typeof value !== 'string') return value ?? null;
  if (name === 'email') return value.toLowerCase();
  if (name === 'linkedin_url') return value.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase();
  return comparableDossierValue(name, value);
};

/** The fields whose values don't have to be unique. */
type ChangedField = Exclude<keyof ContactChanges, 'email'>;

/**
 * After an update of this field, with or without an earlier value, each of the places shows the
 * new value.
 */
export const expectContactUpdateShown = async (
  context: RuleContext,
  name: ChangedField,
  values: fc.Arbitrary<ContactChanges[ChangedField]>,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const org = await context.organization();
  if (isText(name)) await expectLetterCaseKept(org, name, places);
  await context.property(
    [values, values, fc.boolean()],
    async (old, value, had) => {
      const draft = { full_name: 'Noor Bakker', ...(had && { [name]: old }) };
      const { id } = await createContact(org, draft);
      const seen = await updateAndViewContact(org, id, { [name]: value });
      expectContactKept(seen, { [name]: value }, places);
    },
    10,
  );
};

/** Strings that differ only in letter case are different. */
const expectLetterCaseKept = async (
  org: Organization,
  name: ChangedField,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const { id } = await createContact(org, { full_name: 'Iris' });
  for (const value of ['Tulp de Wit', 'TULP DE WIT', 'Tulp De Wit']) {
    const seen = await updateAndViewContact(org, id, { [name]: value });
    expectContactKept(seen, { [name]: value }, places);
  }
};

/** Letter case has no meaning in a profile or in kinds, and phone numbers have none. */
const isText = (name: ChangedField): boolean => !['kind', 'phone', 'linkedin_url'].includes(name);

/** The search finds the contact, immediately or after a short delay (LG-GEN-053). */
export const expectFoundBySearch = (
  org: Organization,
  id: string,
  search: string,
  patience?: SearchPatience,
): Promise<void> =>
  retrySearch(
    org.context,
    async () => {
      await findListedContact(org, id, { search });
    },
    patience,
  );

/** The search no longer finds the contact, immediately or after a short delay (LG-GEN-053). */
export const expectNotFoundBySearch = (
  org: Organization,
  id: string,
  search: string,
): Promise<void> => retrySearch(org.context, () => expectContactNotListed(org, id, { search }));

/**
 * The search finds the contact by its whole address or by the part before the `@`, of letters and
 * digits. Which of the two is a word is a decision, and `@` may have a special meaning
 * (LG-CON-016).
 */
export const expectFoundByAddress = async (
  org: Organization,
  id: string,
  email: string,
): Promise<void> => {
  const [name = ''] = email.split('@');
  const isFoundBy = async (search: string) =>
    (await contactsIn(org, { search })).some((one) => one.id === id);
  await retrySearch(org.context, async () => {
    const isFound = (await isFoundBy(name)) || (await isFoundBy(email));
    expectThat(isFound, `the contact ${id} by its address`, () => 'lists without it');
  });
};

/** The delays between attempts, in seconds. */
const pauses = [0.1, 0.4, 1, 2];

/** Whether a rule may still wait: after one timeout it doesn't wait again. */
export interface SearchPatience {
  left: boolean;
}

/**
 * Checks a search result, which may be delayed (LG-GEN-053), by repeating the check.
 *
 * @param patience - shared by all checks of a property, so that shrinking doesn't wait again
 */
export const retrySearch = async (
  { wait }: Pick<RuleContext, 'wait'>,
  check: () => Promise<void>,
  patience: SearchPatience = { left: true },
): Promise<void> => {
  const { left } = patience;
  for (const seconds of left ? pauses : []) {
    try {
      await check();
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      await wait(seconds);
    }
  }
  patience.left = false;
  await check();
  patience.left = left;
};

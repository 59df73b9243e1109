import fc from 'fast-check';
import type { Organization, RuleContext } from '../context/context.ts';
import { expectEqual, expectThat, Nonconformity } from '../context/expectations.ts';
import type { Contact, ContactChanges, NewContact, ShownContact } from '../contract/resources.ts';
import {
  changeContact,
  contactsIn,
  createContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
} from '../fixtures/contacts.ts';
import { comparableDossierValue } from './dossiers.ts';

/** A contact that was just created or changed, as the three operations show it. */
export interface ContactViews {
  readonly answered: ShownContact;
  readonly retrieved: Contact;
  readonly listed: Contact;
}

type ContactPlace = keyof ContactViews;

export const contactPlaces: readonly ContactPlace[] = ['answered', 'retrieved', 'listed'];

const contactPlaceNames: Readonly<Record<ContactPlace, string>> = {
  answered: 'the answer to the creation or change',
  retrieved: 'the contact by its id',
  listed: 'the list',
};

/** Creates a contact, then retrieves it and looks it up in the list. */
export const createAndViewContact = async (
  org: Organization,
  draft: NewContact,
): Promise<ContactViews> => viewContact(org, await createContact(org, draft));

/** Changes a contact, then retrieves it and looks it up in the list. */
export const changeAndViewContact = async (
  org: Organization,
  id: string,
  changes: ContactChanges,
): Promise<ContactViews> => viewContact(org, await changeContact(org, id, changes));

/** Retrieves a contact that was just created or changed, and looks it up in the list. */
export const viewContact = async (
  org: Organization,
  answered: ShownContact,
): Promise<ContactViews> => ({
  answered,
  retrieved: await retrieveContact(org, answered.id),
  listed: await findListedContact(org, answered.id),
});

/**
 * Each field has the value that was sent in the places that must show it, and no other value
 * anywhere. How it is written is a matter of decisions: see {@link comparable}.
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
 * What of a value no decision touches: letters composed, of a phone number the digits, of kinds
 * the set, of an address the letters, of a profile its name.
 */
export const comparableContactValue = (name: string, value: unknown): unknown => {
  if (name === 'kind' && Array.isArray(value)) return [...(value as string[])].sort();
  if (typeof value !== 'string') return value ?? null;
  if (name === 'email') return value.toLowerCase();
  if (name === 'linkedin_url') return value.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase();
  return comparableDossierValue(name, value);
};

/** The fields whose values needn't be unique. */
type ChangedField = Exclude<keyof ContactChanges, 'email'>;

/**
 * After a change of this field, with or without an earlier value, each place shows the new value
 * that must show the field.
 */
export const expectContactChangeShown = async (
  context: RuleContext,
  name: ChangedField,
  values: fc.Arbitrary<ContactChanges[ChangedField]>,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const org = await context.organization();
  if (isText(name)) await expectTextKept(org, name, places);
  await context.property(
    [values, values, fc.boolean()],
    async (old, value, had) => {
      const draft = { full_name: 'Noor Bakker', ...(had && { [name]: old }) };
      const { id } = await createContact(org, draft);
      const seen = await changeAndViewContact(org, id, { [name]: value });
      expectContactKept(seen, { [name]: value }, places);
    },
    10,
  );
};

/** Letters in the other case are other letters. */
const expectTextKept = async (
  org: Organization,
  name: ChangedField,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const { id } = await createContact(org, { full_name: 'Iris' });
  for (const value of ['Tulp de Wit', 'TULP DE WIT', 'Tulp De Wit']) {
    const seen = await changeAndViewContact(org, id, { [name]: value });
    expectContactKept(seen, { [name]: value }, places);
  }
};

/** Of a profile and of kinds the letter case says nothing, and a phone number has none. */
const isText = (name: ChangedField): boolean => !['kind', 'phone', 'linkedin_url'].includes(name);

/** The search finds the contact, at once or a moment later (LG-GEN-053). */
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

/** The search no longer finds the contact, at once or a moment later (LG-GEN-053). */
export const expectNotFoundBySearch = (
  org: Organization,
  id: string,
  search: string,
): Promise<void> => retrySearch(org.context, () => expectContactNotListed(org, id, { search }));

/**
 * The search finds the contact by its address, of letters and digits before the `@`: by the whole
 * of it, or by what stands before the `@`. Which of the two is a word is a matter of decisions, and
 * `@` may have a meaning (LG-CON-016).
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

/** How long to wait between attempts, in seconds. */
const pauses = [0.1, 0.4, 1, 2];

/** How much patience a rule has left: once it waited in vain, it doesn't wait again. */
export interface SearchPatience {
  left: boolean;
}

/**
 * Checks what the search for contacts finds, which may trail behind by a moment (LG-GEN-053): what
 * isn't so yet may be so a little later.
 *
 * @param patience - shared by all checks of a property, so that its simpler cases don't wait
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

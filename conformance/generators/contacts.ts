import fc from 'fast-check';
import type { ContactChanges, ContactKind, NewContact } from '../contract/resources.ts';
import { aPhone, aText } from './values.ts';

/** Any of the kinds, without duplicates, in any order. */
export const someKinds = (
  kinds: readonly ContactKind[],
  minLength = 0,
): fc.Arbitrary<ContactKind[]> => fc.shuffledSubarray([...kinds], { minLength });

/** A profile URL with a long name. */
export const longProfile =
  'https://www.linkedin.com/in/maria-magdalena-van-den-berg-de-la-fontaine-oosterhuis-12';

/** A profile URL in a form that LinkedIn itself uses. */
export const aProfile = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('https://linkedin.com/in/', 'https://www.linkedin.com/in/'),
      fc.constantFrom('sophievandijk', 'noor-bakker', 'iris'),
      fc.integer({ min: 1, max: 99_999 }),
    )
    .map(([host, name, number]) => `${host}${name}-${String(number)}`);

const contactValues = (kinds: readonly ContactKind[]) => ({
  phone: aPhone(),
  linkedin_url: aProfile(),
  company: aText(),
  role: aText(),
  city: aText(),
  kind: someKinds(kinds),
  notes: aText(),
});

/** A contact with any subset of the fields, except the e-mail address, which must be unique. */
export const aContact = (kinds: readonly ContactKind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...contactValues(kinds) }, { requiredKeys: ['full_name'] });

/** A contact with a value in every field except the e-mail address. */
export const aFullContact = (kinds: readonly ContactKind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...contactValues(kinds) });

/** An update of any non-empty subset of the fields, except the e-mail address. */
export const someContactUpdates = (kinds: readonly ContactKind[]): fc.Arbitrary<ContactChanges> =>
  fc
    .record({ full_name: aText(), ...contactValues(kinds) }, { requiredKeys: [] })
    .filter((changes) => Object.keys(changes).length > 0);

/** `count` simple contacts, where only their number matters. */
export const plainContacts = (count: number): NewContact[] =>
  Array.from({ length: count }, (_, index) => ({ full_name: `Contact ${String(index + 1)}` }));

const secondsPerDay = 86_400;

/**
 * The seconds until a contact's time in the talent pool ends, negative if it has ended, or null
 * for never. Days away from now, so that no reading of the end matters (LG-CON-011).
 */
export const aTimeInPool = (): fc.Arbitrary<number | null> =>
  fc.oneof(
    fc.constant(null),
    fc.constantFrom(2 * secondsPerDay, 30 * secondsPerDay, 3_650 * secondsPerDay),
    fc.constantFrom(-2 * secondsPerDay, -30 * secondsPerDay, -3_650 * secondsPerDay),
  );

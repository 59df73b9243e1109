import fc from 'fast-check';
import type { ContactChanges, ContactKind, NewContact } from '../contract/resources.ts';
import { aPhone, aText } from './values.ts';

/** Any of the kinds, none twice, in any order; none at all unless told. */
export const someKinds = (
  kinds: readonly ContactKind[],
  minLength = 0,
): fc.Arbitrary<ContactKind[]> => fc.shuffledSubarray([...kinds], { minLength });

/** One with a name as long as people give themselves there. */
export const longProfile =
  'https://www.linkedin.com/in/maria-magdalena-van-den-berg-de-la-fontaine-oosterhuis-12';

/** The address of a profile in a spelling that LinkedIn itself uses. */
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

/** A contact with any selection of fields, but for the e-mail address, which must be unique. */
export const aContact = (kinds: readonly ContactKind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...contactValues(kinds) }, { requiredKeys: ['full_name'] });

/** A contact with a value in every field but the e-mail address. */
export const aFullContact = (kinds: readonly ContactKind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...contactValues(kinds) });

/** Changes of any selection of fields, one at least, but for the e-mail address. */
export const someContactChanges = (kinds: readonly ContactKind[]): fc.Arbitrary<ContactChanges> =>
  fc
    .record({ full_name: aText(), ...contactValues(kinds) }, { requiredKeys: [] })
    .filter((changes) => Object.keys(changes).length > 0);

/** So many unremarkable contacts, where only their number matters. */
export const plainContacts = (count: number): NewContact[] =>
  Array.from({ length: count }, (_, index) => ({ full_name: `Contact ${String(index + 1)}` }));

const secondsPerDay = 86_400;

/**
 * Where a contact stands to the talent pool: the seconds until its time there ends, negative when
 * it has, or null for never; off by days, so that no reading of the end bears on it (LG-CON-011).
 */
export const aTimeInPool = (): fc.Arbitrary<number | null> =>
  fc.oneof(
    fc.constant(null),
    fc.constantFrom(2 * secondsPerDay, 30 * secondsPerDay, 3_650 * secondsPerDay),
    fc.constantFrom(-2 * secondsPerDay, -30 * secondsPerDay, -3_650 * secondsPerDay),
  );

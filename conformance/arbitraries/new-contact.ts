import fc from 'fast-check';
import type { ContactChanges, Kind, NewContact } from '../world/contacts.ts';
import { aPhone } from './phone.ts';
import { aText } from './text.ts';

/** Any of the kinds, none twice, in any order; none at all unless told. */
export const someKinds = (kinds: readonly Kind[], minLength = 0): fc.Arbitrary<Kind[]> =>
  fc.shuffledSubarray([...kinds], { minLength });

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

const fields = (kinds: readonly Kind[]) => ({
  phone: aPhone(),
  linkedin_url: aProfile(),
  company: aText(),
  role: aText(),
  city: aText(),
  kind: someKinds(kinds),
  notes: aText(),
});

/** A contact with any selection of fields, but for the e-mail address, which must be unique. */
export const aContact = (kinds: readonly Kind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...fields(kinds) }, { requiredKeys: ['full_name'] });

/** A contact with a value in every field but the e-mail address. */
export const aFullContact = (kinds: readonly Kind[]): fc.Arbitrary<NewContact> =>
  fc.record({ full_name: aText(), ...fields(kinds) });

/** Changes of any selection of fields, one at least, but for the e-mail address. */
export const someChanges = (kinds: readonly Kind[]): fc.Arbitrary<ContactChanges> =>
  fc
    .record({ full_name: aText(), ...fields(kinds) }, { requiredKeys: [] })
    .filter((changes) => Object.keys(changes).length > 0);

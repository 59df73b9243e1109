import fc from 'fast-check';
import { changeAndSeeContact, expectContactKept } from './contact-sightings.ts';
import { createContact, type ContactChanges } from './contacts.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** The fields whose values needn't be unique. */
type Name = Exclude<keyof ContactChanges, 'email'>;

/**
 * After a change of this field, with or without an earlier value, each place shows the new value
 * that must show the field.
 */
export const expectChangeSeen = async (
  world: World,
  name: Name,
  values: fc.Arbitrary<ContactChanges[Name]>,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const home = await world.organization();
  if (isText(name)) await expectLettersKept(world, home, name, places);
  await world.property(
    [values, values, fc.boolean()],
    async (old, value, had) => {
      const draft = { full_name: 'Noor Bakker', ...(had && { [name]: old }) };
      const { id } = await createContact(world, home, draft);
      const seen = await changeAndSeeContact(world, home, id, { [name]: value });
      expectContactKept(seen, { [name]: value }, places);
    },
    10,
  );
};

/** Letters in the other case are other letters. */
const expectLettersKept = async (
  world: World,
  home: Organization,
  name: Name,
  places: Parameters<typeof expectContactKept>[2],
): Promise<void> => {
  const { id } = await createContact(world, home, { full_name: 'Iris' });
  for (const value of ['Tulp de Wit', 'TULP DE WIT', 'Tulp De Wit']) {
    const seen = await changeAndSeeContact(world, home, id, { [name]: value });
    expectContactKept(seen, { [name]: value }, places);
  }
};

/** Of a profile and of kinds the letter case says nothing, and a phone number has none. */
const isText = (name: Name): boolean => !['kind', 'phone', 'linkedin_url'].includes(name);

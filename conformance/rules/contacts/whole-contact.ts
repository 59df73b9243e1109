import { aContact, someChanges } from '../../arbitraries/new-contact.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
  type ContactSightings,
} from '../../world/contact-sightings.ts';
import { contactFields, contactKinds } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/whole-contact',
  level: 'SHOULD',
  verifies: ['LG-CON-024'],
  sentence: 'Creating, changing, retrieving and listing show the same whole contact.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    const fields = contactFields(world.contract);
    const expectWhole = (seen: ContactSightings) => {
      for (const place of contactPlaces) {
        const missing = fields.filter((field) => seen[place][field] === undefined);
        expectThat(missing.length === 0, `a whole contact (${place})`, () => missing);
        for (const field of fields) {
          expectEqual(seen[place][field], seen.answered[field], `${field} (${place})`);
        }
      }
    };
    await world.property(
      [aContact(kinds), someChanges(kinds)],
      async (draft, changes) => {
        const made = await createAndSeeContact(world, home, draft);
        expectWhole(made);
        expectWhole(await changeAndSeeContact(world, home, made.answered.id, changes));
      },
      8,
    );
  },
  // A server that answers a change with what has a value.
  liar: onData(['updateContact'], (contact) => {
    for (const [field, value] of Object.entries(contact)) {
      if (value === null) Reflect.deleteProperty(contact, field);
    }
  }),
});

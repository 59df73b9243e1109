import { refuseNull } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { contactPlaces, createAndSeeContact } from '../../world/contact-sightings.ts';
import type { NewContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { bodyFields } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'contacts/null-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-035', 'LG-GEN-007'],
  sentence: 'Null in an optional field of a new contact counts as leaving it out.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const fields = bodyFields(world.contract, 'createContact').flatMap(({ name, types }) =>
      types.has('null') ? [name as keyof NewContact] : [],
    );
    const all = Object.fromEntries(fields.map((field) => [field, null]));
    for (const nulls of [all, ...fields.map((field) => ({ [field]: null })), all]) {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', ...nulls });
      for (const place of contactPlaces) {
        for (const field of fields) expectEqual(seen[place][field], null, `${field} (${place})`);
      }
    }
  },
  liar: refuseNull,
});

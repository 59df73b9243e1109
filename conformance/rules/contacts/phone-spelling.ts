import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
} from '../../world/contact-sightings.ts';
import { expectEqual } from '../../world/expectations.ts';

/** As people write them at home and abroad, and what else they put into the field. */
const spellings = [
  ...['+31 6 12345678', '+31612345678', '06 12 34 56 78', '0612345678', '0031-20-5551234'],
  ...['+32 (0)2 555 12 12', '020-5551234 ext. 5', 'tel:+31201234567', '٠٦١٢٣٤٥٦٧٨', 'by e-mail'],
];

export default defineRule({
  id: 'contacts/phone-spelling',
  level: 'SHOULD',
  verifies: ['LG-CON-080'],
  sentence: 'A phone number is kept as it is written, blanks, brackets and all.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const [index, phone] of spellings.entries()) {
      const made = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', phone });
      const next = spellings[(index + 1) % spellings.length] ?? phone;
      const changes = { phone: next };
      const changed = await changeAndSeeContact(world, home, made.answered.id, changes);
      for (const place of contactPlaces) {
        expectEqual(made[place].phone, phone, 'phone of a new contact');
        expectEqual(changed[place].phone, next, 'phone after a change');
      }
    }
  },
  // A server that keeps what can be dialled.
  liar: onSent(['createContact', 'updateContact'], (body) =>
    typeof body['phone'] === 'string'
      ? { ...body, phone: body['phone'].replaceAll(/[ ()-]/g, '') }
      : body,
  ),
});

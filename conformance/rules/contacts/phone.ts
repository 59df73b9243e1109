import { aPhone } from '../../arbitraries/phone.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/phone',
  level: 'MUST',
  verifies: ['LG-CON-038'],
  sentence: 'A contact keeps its phone number, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aPhone()], async (phone) => {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', phone });
      expectContactKept(seen, { phone }, ['listed']);
    });
  },
  // A server that takes it for a number.
  liar: onSent(['createContact'], (body) => ({
    ...body,
    phone: String(Number.parseInt(String(body['phone']), 10)),
  })),
});

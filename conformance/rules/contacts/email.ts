import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { anUnusedEmail } from '../../world/contacts.ts';

const beginnings = ['', 'iris+leads.', 'TULP_', 'obrien-2.', 'Noor.Bakker+'];

export default defineRule({
  id: 'contacts/email',
  level: 'MUST',
  verifies: ['LG-CON-030'],
  sentence: 'A contact keeps its address, and every answer shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const beginning of beginnings) {
      const email = `${beginning}${await anUnusedEmail(world, home)}`;
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', email });
      expectContactKept(seen, { email }, contactPlaces);
    }
  },
  // A server that leaves out what comes before a plus, as some mailboxes do.
  liar: onSent(['createContact'], (body) => ({
    ...body,
    email: typeof body['email'] === 'string' ? body['email'].replace('+', '') : undefined,
  })),
});

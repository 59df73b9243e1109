import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
} from '../../world/contact-sightings.ts';
import { anUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/email-case',
  level: 'SHOULD',
  verifies: ['LG-CON-031'],
  sentence: 'An address is answered in the letter case in which it was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const plain = await anUnusedEmail(world, home);
    const first = plain.replace('noor', 'NoOr').replace('example.com', 'Example.COM');
    const made = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', email: first });
    const later = [plain.toUpperCase(), plain, first];
    for (const place of contactPlaces) expectEqual(made[place].email, first, 'email as sent,');
    for (const email of later) {
      const changed = await changeAndSeeContact(world, home, made.answered.id, { email });
      for (const place of contactPlaces) expectEqual(changed[place].email, email, 'email as sent,');
    }
  },
  liar: onSent(['createContact', 'updateContact'], (body) =>
    typeof body['email'] === 'string' ? { ...body, email: body['email'].toLowerCase() } : body,
  ),
});

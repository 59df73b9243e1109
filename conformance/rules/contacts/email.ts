import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
  seeContact,
} from '../../world/contact-sightings.ts';
import { anUnusedEmail, type Contact } from '../../world/contacts.ts';
import { dataOf } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

const beginnings = ['', 'iris+leads.', 'TULP_', 'obrien-2.', 'Noor.Bakker+'];

/** Valid, but not by every rule (LG-CON-037). */
const unusual = ["o'brien.", 'tulp&co/', 'a{b}=c!'];

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
    for (const beginning of unusual) {
      const email = `${beginning}${await anUnusedEmail(world, home)}`;
      const body = { full_name: 'Noor Bakker', email };
      const made = await home.all.send('createContact', { body });
      if (made.response.status >= 400) expectPermittedRefusal(world, made, ['LG-CON-037']);
      else {
        world.expect.success(made);
        const seen = await seeContact(world, home, dataOf(made.json) as Contact);
        expectContactKept(seen, { email }, contactPlaces);
      }
    }
  },
  // A server that leaves out what comes before a plus, as some mailboxes do.
  liar: onSent(['createContact'], (body) => ({
    ...body,
    email: typeof body['email'] === 'string' ? body['email'].replace('+', '') : undefined,
  })),
});

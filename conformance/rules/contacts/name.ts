import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { anUnusedEmail } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/name',
  level: 'MUST',
  verifies: ['LG-CON-027'],
  sentence: 'A contact needs a name, and has the one that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const linkedin_url = 'https://linkedin.com/in/noor-bakker';
    await world.property(
      [aText()],
      async (full_name) => {
        const email = await anUnusedEmail(world, home);
        const texts = { company: full_name, role: full_name, notes: full_name };
        // Nothing else stands in for it.
        for (const body of [{}, texts, { email }, { linkedin_url }]) {
          world.expect.refusal(await home.all.send('createContact', { body }), 400);
        }
        const seen = await createAndSeeContact(world, home, { full_name });
        expectContactKept(seen, { full_name }, contactPlaces);
      },
      10,
    );
  },
  // A server that names who has no name after the company.
  liar: onSent(['createContact'], (body) => ({ full_name: body['company'], ...body })),
});

import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/name',
  level: 'MUST',
  verifies: ['LG-CON-027'],
  sentence: 'A contact needs a name, and has the one that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [aText()],
      async (full_name) => {
        // No other text stands in for it.
        for (const body of [{}, { company: full_name, role: full_name, notes: full_name }]) {
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

import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/city',
  level: 'MUST',
  verifies: ['LG-CON-043'],
  sentence: 'A contact keeps its city, and every answer shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (city) => {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', city });
      expectContactKept(seen, { city }, contactPlaces);
    });
  },
  // A server that shows a person without an address, in either sense.
  liar: onData(['getContact'], (contact) => {
    delete contact['city'];
  }),
});

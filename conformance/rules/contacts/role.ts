import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/role',
  level: 'MUST',
  verifies: ['LG-CON-042'],
  sentence: 'A contact keeps its role, and every answer shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (role) => {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', role });
      expectContactKept(seen, { role }, contactPlaces);
    });
  },
  liar: overlook('createContact', 'role'),
});

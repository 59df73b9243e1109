import { aProfile, longProfile } from '../../arbitraries/new-contact.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/linkedin-url',
  level: 'MUST',
  verifies: ['LG-CON-039'],
  sentence: 'A contact keeps the address of its profile, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const keep = async (linkedin_url: string) => {
      const draft = { full_name: 'Noor Bakker', linkedin_url };
      const seen = await createAndSeeContact(world, home, draft);
      expectContactKept(seen, { linkedin_url }, ['listed']);
    };
    await keep(longProfile);
    await world.property([aProfile()], keep);
  },
  // A list that is leaner than it may be.
  liar: onData(['listContacts'], (contact) => {
    delete contact['linkedin_url'];
  }),
});

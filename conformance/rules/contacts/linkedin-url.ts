import { aProfile, longProfile } from '../../arbitraries/new-contact.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  createAndSeeContact,
  expectContactKept,
  seeContact,
} from '../../world/contact-sightings.ts';
import type { Contact } from '../../world/contacts.ts';
import { dataOf } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

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
    const body = { full_name: 'Noor Bakker', linkedin_url: longProfile };
    const long = await home.all.send('createContact', { body });
    // A text may be too long to be kept (LG-GEN-042).
    if (long.response.status >= 400)
      expectPermittedRefusal(world, long, ['LG-GEN-042', 'LG-GEN-043']);
    else {
      world.expect.success(long);
      const seen = await seeContact(world, home, dataOf(long.json) as Contact);
      expectContactKept(seen, { linkedin_url: longProfile }, ['listed']);
    }
    await world.property([aProfile()], keep);
  },
  // A list that is leaner than it may be.
  liar: onData(['listContacts'], (contact) => {
    delete contact['linkedin_url'];
  }),
});

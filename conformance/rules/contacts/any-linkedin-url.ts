import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, contactPlaces } from '../../world/contact-sightings.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

const addresses = [
  'HTTPS://www.LinkedIn.com/in/Noor/?trk=people',
  'linkedin.com/in/noor',
  'https://example.com/noor',
  'noor',
  'in/نور بكر',
];

export default defineRule({
  id: 'contacts/any-linkedin-url',
  level: 'SHOULD',
  verifies: ['LG-CON-040'],
  sentence: 'The address of a profile is kept whatever it looks like.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const linkedin_url of addresses) {
      const made = await createContact(world, home, { full_name: 'Noor Bakker', linkedin_url });
      expectEqual(made.linkedin_url, linkedin_url, 'linkedin_url of a new contact');
      const { id } = await createContact(world, home, { full_name: 'Iris' });
      const seen = await changeAndSeeContact(world, home, id, { linkedin_url });
      for (const place of contactPlaces) {
        expectEqual(seen[place].linkedin_url, linkedin_url, 'linkedin_url after a change');
      }
    }
  },
  // A server that makes links of them.
  liar: onSent(['createContact', 'updateContact'], (body) =>
    typeof body['linkedin_url'] === 'string' && !/^https?:/i.test(body['linkedin_url'])
      ? { ...body, linkedin_url: `https://${body['linkedin_url']}` }
      : body,
  ),
});

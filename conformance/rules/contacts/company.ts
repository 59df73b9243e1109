import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/company',
  level: 'MUST',
  verifies: ['LG-CON-041'],
  sentence: 'A contact keeps its company, and every answer shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (company) => {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', company });
      expectContactKept(seen, { company }, contactPlaces);
    });
  },
  // A server that adds what it knows of the company.
  liar: onSent(['createContact'], (body) => ({
    ...body,
    company: `${String(body['company'])} B.V.`,
  })),
});

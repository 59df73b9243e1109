import { anUnkemptText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
} from '../../world/contact-sightings.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/text-untouched',
  level: 'SHOULD',
  verifies: ['LG-GEN-040'],
  sentence: 'Text is kept to the last character, white space at its ends included.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [anUnkemptText(), anUnkemptText()],
      async (name, text) => {
        const texts = { full_name: name, company: text, role: text, city: text, notes: text };
        const made = await createAndSeeContact(world, home, texts);
        const others = { full_name: text, company: name, role: name, city: name, notes: name };
        const changed = await changeAndSeeContact(world, home, made.answered.id, others);
        for (const place of contactPlaces) {
          for (const [seen, sent] of [
            [made, texts],
            [changed, others],
          ] as const) {
            const { full_name, company, role, city, notes } = seen[place];
            expectEqual({ full_name, company, role, city, notes }, sent, `the texts (${place})`);
          }
        }
      },
      8,
    );
  },
  liar: onSent(['updateContact'], (body) => ({ ...body, company: String(body['company']).trim() })),
});

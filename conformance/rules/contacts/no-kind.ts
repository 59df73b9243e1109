import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { contactPlaces, createAndSeeContact } from '../../world/contact-sightings.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/no-kind',
  level: 'MUST',
  verifies: ['LG-CON-045'],
  sentence: 'A contact that was given no kind has none, as an empty array tells.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [aText()],
      async (text) => {
        for (const more of [{}, { company: text, role: text }]) {
          const seen = await createAndSeeContact(world, home, { full_name: text, ...more });
          for (const place of contactPlaces) expectEqual(seen[place].kind, [], 'the kinds');
        }
      },
      4,
    );
  },
  // A server to which everybody new is a prospect.
  liar: onSent(['createContact'], (body) => ({ kind: ['prospect'], ...body })),
});

import { aFullContact } from '../../arbitraries/new-contact.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { contactPlaces, createAndSeeContact } from '../../world/contact-sightings.ts';
import { contactKinds, withUnusedEmail, type NewContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/no-kind',
  level: 'MUST',
  verifies: ['LG-CON-045'],
  sentence: 'A contact that was given no kind has none, as an empty array tells.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const expectNone = async (draft: NewContact) => {
      const seen = await createAndSeeContact(world, home, draft);
      for (const place of contactPlaces) expectEqual(seen[place].kind, [], 'the kinds');
    };
    await expectNone({ full_name: 'Noor Bakker' });
    await expectNone({ full_name: 'Noor Bakker', company: 'Tulp', role: 'Planner' });
    await world.property(
      [aFullContact(contactKinds(world.contract))],
      async ({ kind: _, full_name, ...others }) => {
        // No other field tells of what kind somebody is.
        const full = await withUnusedEmail(world, home, { ...others, email: 'noor@example.com' });
        await expectNone({ full_name, ...full });
      },
      4,
    );
  },
  // A server to which everybody new is a prospect.
  liar: onSent(['createContact'], (body) => ({ kind: ['prospect'], ...body })),
});

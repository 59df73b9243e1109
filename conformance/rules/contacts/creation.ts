import { aContact } from '../../arbitraries/new-contact.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, contactKinds, type NewContact } from '../../world/contacts.ts';
import { alwaysShown, exampleMembers } from '../../world/example-members.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/creation',
  level: 'MUST',
  verifies: ['LG-CON-025', 'LG-CON-026', 'LG-CON-083'],
  sentence: 'Creation answers the new contact, which is the one that its id retrieves.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const expectCreated = async (draft: NewContact) => {
      const seen = await createAndSeeContact(world, home, draft);
      const { answered, retrieved } = seen;
      for (const field of alwaysShown(world.contract, 'createContact')) {
        const told = (answered[field as keyof NewContact] ?? null) !== null;
        expectThat(told, `${field} in the answer to the creation`, () => answered);
      }
      expectEqual(retrieved.id, answered.id, 'the id of the contact that was asked for');
      const members = exampleMembers(world.contract, 'createContact');
      const sent = Object.entries({ kind: [], ...draft }).filter(([name]) =>
        members.includes(name),
      );
      expectContactKept(seen, Object.fromEntries(sent), ['answered']);
      expectContactKept(seen, draft, []);
    };
    const full_name = 'Noor Bakker';
    // Each by itself: what is answered of one must not hang on another.
    for (const more of [{ company: 'Tulp' }, { role: 'Planner' }, { city: 'Breda' }]) {
      await expectCreated({ full_name, ...more });
    }
    await expectCreated({ full_name, email: await anUnusedEmail(world, home) });
    await world.property([aContact(contactKinds(world.contract))], expectCreated);
  },
  // A server that answers what it takes for the gist.
  liar: onData(['createContact'], (contact) => {
    delete contact['city'];
  }),
});

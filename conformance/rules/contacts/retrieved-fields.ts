import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { comparable } from '../../world/contact-sightings.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { exampleMembers } from '../../world/example-members.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

export default defineRule({
  id: 'contacts/retrieved-fields',
  level: 'MUST',
  verifies: ['LG-CON-052'],
  sentence: 'Retrieving a contact shows what the example of it shows, where there is a value.',
  needs: [],
  check: async (world) => {
    const members = exampleMembers(world.contract, 'getContact');
    await forFullContacts(
      world,
      async (home, draft) => {
        const { id } = await createContact(world, home, draft);
        const retrieved = await retrieveContact(world, home, id);
        const sent = Object.entries(draft).filter(([name]) => members.includes(name));
        for (const [name, own] of sent) {
          const value = comparable(name, own);
          const shown = comparable(name, retrieved[name as keyof typeof draft]);
          expectEqual(shown, value, `${name} in the contact by its id`);
        }
        const { dossier_count } = retrieved;
        const counts = Number.isInteger(dossier_count) && dossier_count >= 0;
        expectThat(counts, 'a dossier_count', () => retrieved);
      },
      8,
    );
  },
  // A server that keeps addresses for the list.
  liar: onData(['getContact'], (contact) => {
    delete contact['email'];
  }),
});

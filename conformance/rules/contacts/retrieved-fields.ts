import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { comparable } from '../../world/contact-sightings.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

/** What the example shows beside the id and the count. */
const shown = ['full_name', 'kind', 'email', 'company', 'role', 'city'] as const;

export default defineRule({
  id: 'contacts/retrieved-fields',
  level: 'MUST',
  verifies: ['LG-CON-052'],
  sentence: 'Retrieving a contact shows what the example of it shows, where there is a value.',
  needs: [],
  check: (world) =>
    forFullContacts(
      world,
      async (home, draft) => {
        const { id } = await createContact(world, home, draft);
        const retrieved = await retrieveContact(world, home, id);
        for (const name of shown) {
          const value = comparable(name, draft[name]);
          expectEqual(comparable(name, retrieved[name]), value, `${name} in the contact by its id`);
        }
        const { dossier_count } = retrieved;
        const counts = Number.isInteger(dossier_count) && dossier_count >= 0;
        expectThat(counts, 'a dossier_count', () => retrieved);
      },
      8,
    ),
  // A server that keeps addresses for the list.
  liar: onData(['getContact'], (contact) => {
    delete contact['email'];
  }),
});

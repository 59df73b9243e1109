import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

export default defineRule({
  id: 'contacts/listed-fields',
  level: 'MUST',
  verifies: ['LG-CON-022'],
  sentence: 'The list shows every field of a contact, where there is a value.',
  needs: [],
  check: (world) =>
    forFullContacts(
      world,
      async (home, draft) => {
        const full = await createAndSeeContact(world, home, draft);
        expectContactKept(full, draft, ['listed']);
        const { full_name } = draft;
        const bare = await createAndSeeContact(world, home, { full_name });
        expectContactKept(bare, { full_name, kind: [] }, ['listed']);
        for (const { answered, listed } of [full, bare]) {
          expectEqual(listed.id, answered.id, 'the id of the contact in the list');
          const counts = Number.isInteger(listed.dossier_count) && listed.dossier_count >= 0;
          expectThat(counts, 'a dossier_count in the list', () => listed);
        }
      },
      8,
    ),
  // A list of those columns that are narrow.
  liar: onData(['listContacts'], (contact) => {
    delete contact['notes'];
  }),
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { expectThat } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

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
        const seen = await createAndSeeContact(world, home, draft);
        const { full_name, kind, email, company, role, city } = draft;
        expectContactKept(seen, { full_name, kind, email, company, role, city }, ['retrieved']);
        const { dossier_count } = seen.retrieved;
        const counts = Number.isInteger(dossier_count) && dossier_count >= 0;
        expectThat(counts, 'a dossier_count', () => seen.retrieved);
      },
      8,
    ),
  // A server that keeps addresses for the list.
  liar: onData(['getContact'], (contact) => {
    delete contact['email'];
  }),
});

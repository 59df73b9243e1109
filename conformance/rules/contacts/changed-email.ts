import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/changed-email',
  level: 'MUST',
  verifies: ['LG-CON-059'],
  sentence: 'A contact can have another address, or a first one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const had of [false, true]) {
      const email = await anUnusedEmail(world, home);
      const draft = { full_name: 'Noor Bakker', ...(had && { email: `old.${email}` }) };
      const { id } = await createContact(world, home, draft);
      for (const next of [email, `iris+leads.${email}`]) {
        const seen = await changeAndSeeContact(world, home, id, { email: next });
        expectContactKept(seen, { email: next }, ['retrieved', 'listed']);
      }
    }
  },
  liar: overlook('updateContact', 'email'),
});

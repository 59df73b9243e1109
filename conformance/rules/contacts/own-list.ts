import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectContactNotListed, findListedContact } from '../../world/contact-list.ts';
import { createContact, createContacts } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/own-list',
  level: 'MUST',
  verifies: ['LG-CON-004', 'LG-AUT-011'],
  sentence: 'The list has the contacts of the organisation, and none of another.',
  needs: ['second-organization'],
  check: async (world) => {
    const ours = await world.organization();
    const theirs = await world.organization({ second: true });
    const made = await createContacts(world, ours, plainContacts(2));
    const { id } = await createContact(world, theirs, { full_name: 'Noor Bakker' });
    for (const contact of made) {
      await findListedContact(world, ours, contact.id);
      await expectContactNotListed(world, theirs, contact.id);
    }
    await findListedContact(world, theirs, id);
    await expectContactNotListed(world, ours, id);
  },
  liar: mistakeKeys(),
});

import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectNewId } from '../../world/new-ids.ts';

export default defineRule({
  id: 'contacts/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-046'],
  sentence: 'A new contact has a UUID of version 4, in lower case, as its id.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id } of await createContacts(world, home, plainContacts(4))) {
      expectNewId(id, 'a contact');
    }
  },
  liar: onData(['createContact'], (contact) => {
    contact['id'] = String(contact['id']).toUpperCase();
  }),
});

import { aText } from '../../arbitraries/text.ts';
import { demand } from '../../liars/demands.ts';
import { defineRule } from '../../rule.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/name-alone',
  level: 'MUST',
  verifies: ['LG-CON-028'],
  sentence: 'A contact can be created with a name and nothing else.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (full_name) => {
      const { id } = await createContact(world, home, { full_name });
      const retrieved = await retrieveContact(world, home, id);
      expectEqual(retrieved.id, id, 'the id of the contact that was asked for');
    });
  },
  // A server that can't do without an address.
  liar: demand('createContact', 'email'),
});

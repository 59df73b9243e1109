import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { sharedIds } from '../../liars/ids.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { isUuid } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'contacts/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-044', 'LG-GEN-047', 'LG-CON-025', 'LG-CON-051'],
  sentence: 'No two contacts share an id, and each is found by its own, however many come at once.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // At once, as a clock or a counter may be read twice.
    const drafts = plainContacts(8);
    const made = await Promise.all(drafts.map((draft) => createContact(world, home, draft)));
    expectEqual(new Set(made.map(({ id }) => id)).size, made.length, 'the number of ids');
    for (const [index, { id }] of made.entries()) {
      expectThat(isUuid(id), 'a UUID as the id of a contact', () => id);
      const retrieved = await retrieveContact(world, home, id);
      expectEqual(retrieved.id, id, 'the id of the contact that was asked for');
      const { full_name } = await findListedContact(world, home, id);
      const names = [retrieved.full_name, full_name];
      const name = drafts[index]?.full_name;
      expectEqual(names, [name, name], `the name of ${id}, by its id and in the list,`);
    }
  },
  liar: sharedIds('createContact'),
});

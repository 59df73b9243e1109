import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';

export default defineRule({
  id: 'contacts/deletion-answer',
  level: 'MUST',
  verifies: ['LG-CON-075'],
  sentence: 'Deletion answers the id of the contact, and that it is deleted.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainContacts(2)) {
      const { id } = await createContact(world, home, draft);
      const exchange = await home.all.send('deleteContact', { path: { id } });
      world.expect.success(exchange);
      const answer = dataOf(exchange.json) as { id?: unknown; deleted?: unknown };
      expectEqual(answer.id, id, 'the id of the contact that was deleted');
      expectEqual(answer.deleted, true, 'deleted');
    }
  },
  // A server that counts what it deleted.
  liar: onData(['deleteContact'], (data) => {
    data['deleted'] = 1;
  }),
});

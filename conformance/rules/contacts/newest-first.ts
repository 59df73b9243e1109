import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { seeInOrder } from '../../world/own-order.ts';
import { changeContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/newest-first',
  level: 'SHOULD',
  verifies: ['LG-CON-021'],
  sentence: 'Contacts are listed in the order of creation, the latest first.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const made = await createContacts(world, home, plainContacts(6));
    // Neither a name nor a change has a say in it.
    await changeContact(world, home, made[2]?.id ?? '', { full_name: 'Aaf' });
    const wanted = made.map(({ id }) => id).reverse();
    for (const query of [{}, { per_page: '2' }]) {
      const ids = await seeInOrder(world.expect, home, 'listContacts', query, wanted);
      expectEqual(ids, wanted, 'the ids, the latest first,');
    }
  },
  // A server that lists people by their names.
  liar: onPage(['listContacts'], ({ data }) => {
    data.sort((a, b) => (String(a['full_name']) < String(b['full_name']) ? -1 : 1));
  }),
});

import { refuseChanges } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { createContact, factsOf, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

export default defineRule({
  id: 'contacts/empty-change',
  level: 'SHOULD',
  verifies: ['LG-CON-072'],
  sentence: 'A change without any field leaves the contact as it was.',
  needs: [],
  check: (world) =>
    forFullContacts(
      world,
      async (home, draft) => {
        const { id } = await createContact(world, home, draft);
        const look = async () => factsOf(world.contract, await retrieveContact(world, home, id));
        const before = await look();
        const exchange = await home.all.send('updateContact', { path: { id }, body: {} });
        expectEqual(exchange.response.status, 200, 'the status');
        expectEqual(await look(), before, 'the contact as before,');
      },
      3,
    ),
  // A server that asks what there is to be changed.
  liar: refuseChanges((body) => body === '{}'),
});

import { aFullContact } from '../../arbitraries/new-contact.ts';
import { refuseChanges } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedEmail,
  contactKinds,
  createContact,
  factsOf,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/empty-change',
  level: 'SHOULD',
  verifies: ['LG-CON-072'],
  sentence: 'A change without any field leaves the contact as it was.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [aFullContact(contactKinds(world.contract))],
      async (draft) => {
        const email = await anUnusedEmail(world, home);
        const { id } = await createContact(world, home, { ...draft, email });
        const look = async () => factsOf(world.contract, await retrieveContact(world, home, id));
        const before = await look();
        const exchange = await home.all.send('updateContact', { path: { id }, body: {} });
        expectEqual(exchange.response.status, 200, 'the status');
        expectEqual(await look(), before, 'the contact as before,');
      },
      3,
    );
  },
  // A server that asks what there is to be changed.
  liar: refuseChanges((body) => body === '{}'),
});

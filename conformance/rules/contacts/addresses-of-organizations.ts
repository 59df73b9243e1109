import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedEmail,
  changeContact,
  createContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/addresses-of-organizations',
  level: 'MUST',
  verifies: ['LG-CON-035'],
  sentence: 'Two organisations can each have a contact with one address.',
  needs: ['second-organization'],
  check: async (world) => {
    const ours = await world.organization();
    const theirs = await world.organization({ second: true });
    for (const [first, second] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const email = await anUnusedEmail(world, first);
      const draft = { full_name: 'Noor Bakker', email };
      const one = await createContact(world, first, draft);
      const other = await createContact(world, second, draft);
      expectThat(one.id !== other.id, 'a contact of its own', () => other);
      for (const [home, { id }] of [[first, one] as const, [second, other] as const]) {
        const retrieved = await retrieveContact(world, home, id);
        expectEqual(retrieved.email?.toLowerCase(), email, 'the address');
      }
      const { id } = await createContact(world, second, { full_name: 'Iris' });
      await changeContact(world, first, one.id, { email: `b.${email}` });
      await changeContact(world, second, id, { email: `b.${email}` });
      // In the same organisation it is taken.
      world.expect.refusal(await second.all.send('createContact', { body: draft }), 409);
    }
  },
  // A server with one list of addresses for everybody.
  liar: mistakeKeys(),
});

import { doOnly } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedEmail,
  changeContact,
  createContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/changed-to-duplicate',
  level: 'MUST',
  verifies: ['LG-CON-060'],
  sentence:
    'A change to the address of another contact is refused, and it stays without that address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const taken = await anUnusedEmail(world, home);
    const given = `given.${taken}`;
    await createContact(world, home, { full_name: 'Iris', email: taken });
    const { id: other } = await createContact(world, home, { full_name: 'Mark' });
    await changeContact(world, home, other, { email: given });
    const { id: bare } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const own = { full_name: 'Noor Bakker', email: `own.${taken}`, city: 'Breda' };
    const { id: addressed } = await createContact(world, home, own);
    const late = `late.${taken}`;
    await createContact(world, home, { full_name: 'Bram', email: late });
    for (const id of [bare, addressed]) {
      const look = async () => (await retrieveContact(world, home, id))['email'] ?? null;
      const before = await look();
      for (const email of [
        taken,
        taken.toUpperCase(),
        given,
        late,
        given.replace('noor', 'Noor'),
      ]) {
        for (const more of [{}, { full_name: 'Sanne', city: 'Delft' }]) {
          const change = { path: { id }, body: { ...more, email } };
          world.expect.refusal(await home.all.send('updateContact', change), 409);
          expectEqual(await look(), before, 'the address as before,');
        }
      }
      await changeContact(world, home, id, { email: await anUnusedEmail(world, home) });
    }
  },
  // A server that looks for the address when it has been written.
  liar: doOnly('email', 409),
});

import { neverFreeAddresses } from '../../liars/addresses.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/given-up-address',
  level: 'MUST',
  verifies: ['LG-CON-062'],
  sentence: 'An address that its contact has given up for another can be given to someone else.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const full_name = 'Noor Bakker';
    const first = await createContact(world, home, { full_name, email });
    await changeContact(world, home, first.id, { email: `b.${email}` });
    const second = await createContact(world, home, { full_name, email: email.toUpperCase() });
    await changeContact(world, home, second.id, { email: `c.${email}` });
    // Round about, back to who had it first.
    for (const { id } of [first, second, first]) {
      const seen = await changeAndSeeContact(world, home, id, { email });
      expectContactKept(seen, { email }, ['retrieved', 'listed']);
      await changeContact(world, home, id, { email: await anUnusedEmail(world, home) });
    }
  },
  liar: neverFreeAddresses,
});

import { neverFreeAddresses } from '../../liars/addresses.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, createContact, deleteContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/address-of-deleted',
  level: 'MUST',
  verifies: ['LG-CON-078'],
  sentence: 'The address of a deleted contact can be given to another, new or not.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const draft = { full_name: 'Noor Bakker', email };
    for (const next of [email, email.toUpperCase(), email]) {
      const { id } = await createContact(world, home, { ...draft, email: next });
      world.expect.refusal(await home.all.send('createContact', { body: draft }), 409);
      await deleteContact(world, home, id);
    }
    const { id } = await createContact(world, home, { full_name: 'Iris' });
    const seen = await changeAndSeeContact(world, home, id, { email });
    expectContactKept(seen, { email }, ['retrieved', 'listed']);
  },
  liar: neverFreeAddresses,
});

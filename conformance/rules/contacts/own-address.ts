import { neverFreeAddresses } from '../../liars/addresses.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/own-address',
  level: 'MUST',
  verifies: ['LG-CON-061'],
  sentence: 'A contact can be sent its own address again, in other letter case too.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker', email });
    for (const again of [email, email.toUpperCase(), email.replace('noor', 'Noor'), email]) {
      for (const more of [{}, { full_name: 'Noor', city: 'Delft' }]) {
        const changes = { ...more, email: again };
        const seen = await changeAndSeeContact(world, home, id, changes);
        expectContactKept(seen, changes, ['retrieved', 'listed']);
      }
    }
  },
  liar: neverFreeAddresses,
});

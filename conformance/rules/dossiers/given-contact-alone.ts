import { alsoCreateContact } from '../../liars/first-contacts.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { createIn, newcomersBy, waysToCreate } from '../../world/dossier-contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/given-contact-alone',
  level: 'MUST',
  verifies: ['LG-DOS-053'],
  sentence: 'Creating a dossier for a contact creates no other contact.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const way of waysToCreate) {
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const email = `iris.${type}.${way.length}@example.com`;
        const person = type === 'sales' ? [{ contact_person: 'Iris Maas' }] : [];
        for (const [index, more] of [{ phone: '+31612345678' }, { email }, ...person].entries()) {
          const draft = { type, name: `${type} by ${way}, ${String(index)}`, ...more, contact_id };
          const newcomers = await newcomersBy(world, home, () => createIn(world, home, way, draft));
          expectEqual(newcomers, [], 'the new contacts');
        }
      }
    }
  },
  // A server that makes a contact of every dossier, and then links the one that was given.
  liar: alsoCreateContact,
});

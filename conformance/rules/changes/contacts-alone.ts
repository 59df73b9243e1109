import { writeThrough } from '../../liars/write-through.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import {
  contactFields,
  createContact,
  retrieveContact,
  anUnusedEmail,
  withUnusedEmail,
} from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, link } from '../../world/links.ts';

const old = {
  email: 'noor.bakker@example.com',
  phone: '+31612345678',
  company: 'Tulp',
  role: 'HR',
};
const changes = [
  { email: 'n.bakker@example.org' },
  { phone: '+3225551212' },
  { company: 'Rabobank' },
  { role: 'Director' },
];

export default defineRule({
  id: 'changes/contacts-alone',
  level: 'SHOULD',
  verifies: ['LG-DOS-087'],
  sentence: 'Changing the details of a dossier leaves its contacts as they are.',
  needs: [],
  check: async (world) => {
    for (const type of dossierTypes(world.contract)) {
      const home = await world.organization();
      const known = await withUnusedEmail(world, home, old);
      const { id } = await home.createDossier({ type, name: 'Noor Bakker', ...known });
      const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
      await link(world, home, id, { contact_id, role_on_dossier: 'other' });
      const look = async () => {
        const contacts: unknown[] = [];
        for (const { contact_id: one } of await contactsOn(world, home, id)) {
          const contact = await retrieveContact(world, home, one);
          contacts.push(contactFields(world.contract).map((field) => contact[field]));
        }
        return contacts;
      };
      const before = await look();
      for (const one of changes) {
        await change(world, home, id, await withUnusedEmail(world, home, one));
        expectEqual(await look(), before, 'the contacts as before,');
      }
      // The address of another contact as well.
      const other = await home.createDossier({
        type,
        name: 'Sanne',
        email: await anUnusedEmail(world, home),
      });
      await change(world, home, other.id, { email: known.email });
      expectEqual(await look(), before, 'the contacts as before,');
    }
  },
  liar: writeThrough,
});

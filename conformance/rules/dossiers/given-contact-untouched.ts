import { overwriteContact } from '../../liars/first-contacts.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedEmail,
  contactFields,
  createContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/given-contact-untouched',
  level: 'SHOULD',
  verifies: ['LG-DOS-057'],
  sentence: 'The contact that a dossier is created for stays as it is, whatever the dossier says.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const values = { phone: '+31612345678', company: 'Tulp', role: 'Buyer' };
    for (const known of [{}, values]) {
      const draft = { full_name: 'Noor Bakker', ...known };
      const { id: contact_id } = await createContact(world, home, draft);
      const before = await retrieveContact(world, home, contact_id);
      await home.createDossier({
        ...{ type: 'sales', name: 'With other details', contact_id },
        ...{ phone: '+3225551212', company: 'Tulp Logistics', role: 'Director' },
        email: await anUnusedEmail(world, home),
      });
      const after = await retrieveContact(world, home, contact_id);
      for (const name of contactFields(world.contract)) {
        if (name === 'dossier_count') continue;
        expectEqual(after[name] ?? null, before[name] ?? null, `${name} as before,`);
      }
    }
  },
  liar: overwriteContact,
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { createIn, firstContactOf, waysToCreate } from '../../world/dossier-contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/given-contact-primary',
  level: 'SHOULD',
  verifies: ['LG-DOS-056'],
  sentence: 'The contact that a dossier is created for is its primary contact, in that role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const way of waysToCreate) {
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const draft = { type, name: `For Noor, ${type} by ${way}`, contact_id };
        const { id } = await createIn(world, home, way, draft);
        const { listed } = await firstContactOf(world, home, id);
        const link = [listed.contact_id, listed.role_on_dossier, listed.is_primary];
        expectEqual(link, [contact_id, 'primary', true], 'the link of the contact');
      }
    }
  },
  liar: onData(['listDossierContacts'], (item) => {
    item['role_on_dossier'] = 'other';
  }),
});

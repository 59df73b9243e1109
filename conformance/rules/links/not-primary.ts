import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, findLinked, link, rolesOnDossier, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/not-primary',
  level: 'SHOULD',
  verifies: ['LG-LNK-017'],
  sentence: 'A link becomes primary by is_primary alone: neither as the first one nor by its role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
    for (const { contact_id } of await contactsOn(world, home, id)) {
      await unlink(world, home, id, contact_id);
    }
    for (const role_on_dossier of rolesOnDossier(world.contract)) {
      for (const choice of [{}, { is_primary: false }]) {
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const draft = { contact_id, role_on_dossier, ...choice };
        const { is_primary } = await link(world, home, id, draft);
        expectEqual(is_primary, false, 'is_primary in the answer');
        const listed = await findLinked(world, home, id, contact_id);
        expectEqual(listed.is_primary, false, 'is_primary in the list');
      }
    }
  },
  liar: onSent(['linkDossierContact'], (body) => ({
    ...body,
    is_primary: body['is_primary'] === true || body['role_on_dossier'] === 'primary',
  })),
});

import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { findLinked, link, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/primary-in-any-role',
  level: 'SHOULD',
  verifies: ['LG-LNK-018'],
  sentence: 'A contact can be the primary one in any role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a primary of any role' });
    for (const role_on_dossier of rolesOnDossier(world.contract)) {
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      const expected = [role_on_dossier, true];
      const answer = await link(world, home, id, { contact_id, role_on_dossier, is_primary: true });
      expectEqual([answer.role_on_dossier, answer.is_primary], expected, 'the link in the answer');
      const listed = await findLinked(world, home, id, contact_id);
      expectEqual([listed.role_on_dossier, listed.is_primary], expected, 'the link in the list');
    }
  },
  liar: onSent(['linkDossierContact'], (body) =>
    body['is_primary'] === true ? { ...body, role_on_dossier: 'primary' } : body,
  ),
});

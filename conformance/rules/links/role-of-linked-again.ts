import { keepFirstRole } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { contactsOn, link, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/role-of-linked-again',
  level: 'MUST',
  verifies: ['LG-LNK-032'],
  sentence: 'A contact that is linked again with success has the role that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Linked again' });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    // What the role `primary` does to the primary place is a decision (LG-LNK-017, LG-LNK-018).
    const [first, ...others] = rolesOnDossier(world.contract).filter((role) => role !== 'primary');
    if (!first) return;
    await link(world, home, id, { contact_id, role_on_dossier: first });
    for (const role_on_dossier of [...others, first]) {
      const body = { contact_id, role_on_dossier };
      const again = await home.all.send('linkDossierContact', { path: { id }, body });
      // It may be refused, too (LG-LNK-025).
      if (again.response.status >= 400) continue;
      world.expect.success(again);
      const own = (await contactsOn(world, home, id)).filter(
        (one) => one.contact_id === contact_id,
      );
      const is = own.some((one) => one.role_on_dossier === role_on_dossier);
      expectThat(is, `the contact on the dossier as ${role_on_dossier}`, () => own);
    }
  },
  // A server that answers success and keeps the earlier link.
  liar: keepFirstRole,
});

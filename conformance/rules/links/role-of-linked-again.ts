import { answerAnyRole } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { contactsOn, link, rolesOnDossier, type Link } from '../../world/links.ts';
import { dataOf } from '../../world/organization.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'links/role-of-linked-again',
  level: 'MUST',
  verifies: ['LG-LNK-032'],
  sentence: 'A contact that is linked again with success has the role that the answer shows.',
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
      if (isPermittedRefusal(world, again, ['LG-LNK-025'])) continue;
      world.expect.success(again);
      // The link may stay as it is, and is then answered so (LG-LNK-025).
      const { role_on_dossier: answered } = dataOf(again.json) as Link;
      const own = (await contactsOn(world, home, id)).filter(
        (one) => one.contact_id === contact_id,
      );
      const is = own.some((one) => one.role_on_dossier === answered);
      expectThat(is, `the contact on the dossier as ${answered}`, () => own);
    }
  },
  // A server that answers what was sent, and keeps the earlier link.
  liar: answerAnyRole,
});

import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, findLinked, link, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/answer',
  level: 'MUST',
  verifies: ['LG-LNK-024'],
  sentence:
    'Linking answers the dossier, the contact, the role and whether the contact is primary.',
  needs: [],
  check: (world) => {
    const aLink = fc.oneof(
      fc.constant(asPrimary),
      fc.record({ role_on_dossier: fc.constantFrom(...rolesOnDossier(world.contract)) }),
    );
    return world.property([aType(), aLink], async (type, draft) => {
      const home = await world.organization();
      const { id } = await home.createDossier({ type, name: 'Tulp Logistics' });
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      // On another dossier it is already.
      await home.createDossier({ type, name: 'Linde', contact_id });
      const answer = await link(world, home, id, { contact_id, ...draft });
      const { role_on_dossier, is_primary } = await findLinked(world, home, id, contact_id);
      expectEqual(answer.dossier_id, id, 'dossier_id');
      expectEqual(answer.contact_id, contact_id, 'contact_id');
      expectEqual(answer.role_on_dossier, draft.role_on_dossier, 'role_on_dossier');
      const shown = [answer.role_on_dossier, answer.is_primary];
      expectEqual(shown, [role_on_dossier, is_primary], 'the link as it is listed,');
    });
  },
  // A server that answers as the list does, where it goes without saying which dossier it is.
  liar: onData(['linkDossierContact'], (data) => {
    delete data['dossier_id'];
  }),
});

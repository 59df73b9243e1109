import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { link, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/unlinking-answer',
  level: 'MUST',
  verifies: ['LG-LNK-029'],
  sentence: 'Unlinking answers the dossier, the contact and that they are unlinked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier_id } = await home.createDossier({ type: 'sales', name: 'To be unlinked' });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    await link(world, home, dossier_id, { contact_id, role_on_dossier: 'gatekeeper' });
    const answer = await unlink(world, home, dossier_id, contact_id);
    const shown = [answer.dossier_id, answer.contact_id, answer.unlinked];
    expectEqual(shown, [dossier_id, contact_id, true], 'dossier_id, contact_id and unlinked');
  },
  // A server that confirms it as it confirms other deletions.
  liar: onData(['unlinkDossierContact'], (data) => {
    delete data['unlinked'];
    data['deleted'] = true;
  }),
});

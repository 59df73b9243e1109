import { refuseOtherwise } from '../../liars/other-refusals.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { link } from '../../world/links.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'links/not-found',
  level: 'SHOULD',
  verifies: ['LG-LNK-013'],
  sentence: 'A contact that the organisation does not have is not found.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'For a contact not found' });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const draft = { contact_id, role_on_dossier: 'champion' } as const;
    const body = { ...draft, contact_id: unknownIdLike(contact_id) };
    const offence = await home.all.send('linkDossierContact', { path: { id }, body });
    world.expect.refusal(offence, 404);
    await link(world, home, id, draft);
  },
  liar: refuseOtherwise('linkDossierContact', 404, 400, 'invalid_body'),
});

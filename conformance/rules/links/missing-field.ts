import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { link } from '../../world/links.ts';

export default defineRule({
  id: 'links/missing-field',
  level: 'MUST',
  verifies: ['LG-LNK-011', 'LG-LNK-014'],
  sentence: 'Linking needs a contact and a role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const { id } = await home.createDossier({ type: 'sales', name: 'Linked without a word' });
    const whole = (await createContacts(world, home, people)).map(({ id: contact_id }) => ({
      contact_id,
      role_on_dossier: 'hiring_manager' as const,
    }));
    const [first, second] = whole;
    if (!first || !second) return;
    const { contact_id } = first;
    const { role_on_dossier } = second;
    for (const [incomplete, twin] of [
      [{ contact_id }, first],
      [{ role_on_dossier }, second],
    ] as const) {
      for (const more of [{}, { is_primary: false }, { is_primary: true }]) {
        const request = { path: { id }, body: { ...incomplete, ...more } };
        world.expect.refusal(await home.all.send('linkDossierContact', request), 400);
      }
      await link(world, home, id, twin);
    }
  },
  // A server with a default for the role.
  liar: onSent(['linkDossierContact'], (body) => ({ role_on_dossier: 'other', ...body })),
});

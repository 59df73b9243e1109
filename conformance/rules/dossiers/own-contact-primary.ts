import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createIn, firstContactOf, waysToCreate } from '../../world/dossier-contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/own-contact-primary',
  level: 'SHOULD',
  verifies: ['LG-DOS-063'],
  sentence: 'The contact that comes with a dossier is its primary contact, in that role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const way of waysToCreate) {
        const draft = { type, name: `With its own contact, ${type} by ${way}` };
        const { id } = await createIn(world, home, way, draft);
        const { listed } = await firstContactOf(world, home, id);
        const link = [listed.role_on_dossier, listed.is_primary];
        expectEqual(link, ['primary', true], 'the role and place of the contact');
      }
    }
  },
  liar: onData(['listDossierContacts'], (item) => {
    item['is_primary'] = false;
  }),
});

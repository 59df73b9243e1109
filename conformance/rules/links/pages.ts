import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectPaged } from '../../world/dossier-parts.ts';
import { contactsOn, link } from '../../world/links.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'links/pages',
  level: 'SHOULD',
  verifies: ['LG-LNK-008'],
  sentence: 'The contacts of a dossier come in pages, as dossiers do.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { size } = pageSizes(world.contract, 'listDossierContacts');
    const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
    const already = (await contactsOn(world, home, id)).length;
    for (const one of await createContacts(world, home, plainContacts(size + 1))) {
      await link(world, home, id, { contact_id: one.id, role_on_dossier: 'other' });
    }
    const operation = 'listDossierContacts';
    const list = { home, operation, dossier: id, key: 'contact_id' } as const;
    await expectPaged(world, list, already + size + 1);
  },
  liar: overlookQuery('listDossierContacts', 'page', 'per_page'),
});

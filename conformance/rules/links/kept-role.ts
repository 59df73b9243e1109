import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, findLinked, link } from '../../world/links.ts';

export default defineRule({
  id: 'links/kept-role',
  level: 'SHOULD',
  verifies: ['LG-LNK-023'],
  sentence: 'A contact that loses the primary place keeps its role, even the role primary.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Where one primary follows' });
    const people = ['Noor Bakker', 'Iris Smit'].map((full_name) => ({ full_name }));
    const [noor, iris] = await createContacts(world, home, people);
    const contact_id = noor?.id ?? '';
    await link(world, home, id, { contact_id, ...asPrimary });
    await link(world, home, id, { contact_id: iris?.id ?? '', ...asPrimary });
    const { role_on_dossier, is_primary } = await findLinked(world, home, id, contact_id);
    expectEqual([role_on_dossier, is_primary], ['primary', false], 'the link of the one before');
  },
  liar: onLinked((item) => {
    if (!item['is_primary'] && item['role_on_dossier'] === 'primary') {
      item['role_on_dossier'] = 'other';
    }
  }),
});

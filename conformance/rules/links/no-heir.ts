import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link, primariesOn, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/no-heir',
  level: 'SHOULD',
  verifies: ['LG-LNK-031'],
  sentence: 'A dossier whose primary contact is unlinked has none.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Without a primary' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(world, home, people)).map((one) => one.id);
    await link(world, home, id, { contact_id: iris, role_on_dossier: 'champion' });
    await link(world, home, id, { contact_id: noor, ...asPrimary });
    await unlink(world, home, id, noor);
    expectEqual(await primariesOn(world, home, id), [], 'the primary contacts');
  },
  liar: onPage(['listDossierContacts'], ({ data }) => {
    const [first] = data;
    if (first && !data.some((item) => item['is_primary'])) first['is_primary'] = true;
  }),
});

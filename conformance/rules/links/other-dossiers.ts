import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, contactsOn, link, primariesOn, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/other-dossiers',
  level: 'MUST',
  verifies: ['LG-LNK-022'],
  sentence: 'A new primary contact of one dossier leaves the links of other dossiers alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Where the primary changes', 'Where the primary stays'];
    const drafts = names.map((name) => ({ type: 'sales', name }) as const);
    const [here, there] = (await home.createDossiers(drafts)).map(({ id }) => id);
    const people = ['Noor Bakker', 'Iris Smit', 'Bram Visser'].map((full_name) => ({ full_name }));
    const ids = (await createContacts(world, home, people)).map(({ id }) => id);
    const [noor = '', iris = '', bram = ''] = ids;
    const roles = async (dossier = '') => {
      const listed = await contactsOn(world, home, dossier);
      return listed.map((one) => [one.contact_id, one.role_on_dossier, one.is_primary]).sort();
    };
    const join = (dossier = '', contact_id = '', more: object = asPrimary) =>
      link(world, home, dossier, { contact_id, role_on_dossier: 'champion', ...more });
    for (const dossier of [here, there]) {
      await join(dossier, noor);
      await join(dossier, iris, { is_primary: false });
    }
    const before = await roles(there);
    // One who is on no other dossier.
    await join(here, bram);
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    await unlink(world, home, here ?? '', noor);
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    // How a link of the two is answered that are linked already is another decision.
    const body = { contact_id: iris, role_on_dossier: 'gatekeeper' };
    await home.all.send('linkDossierContact', { path: { id: here ?? '' }, body });
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    // One who is primary elsewhere already.
    await join(there, bram);
    expectEqual(await primariesOn(world, home, here ?? ''), [bram], 'the primary contact there');
  },
  // A server that forgets which dossier it is about as it ends the place of the one before.
  liar: onLinked((item, links) => {
    const primary = links.findLast(({ is_primary }) => is_primary === true);
    item['is_primary'] &&= primary?.['contact_id'] === item['contact_id'];
  }),
});

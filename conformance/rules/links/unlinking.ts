import { onUnlinking } from '../../liars/unlinking.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, link, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/unlinking',
  level: 'MUST',
  verifies: ['LG-LNK-027', 'LG-LNK-010'],
  sentence: 'Unlinking takes a contact off that dossier, and leaves all other links.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Where one is unlinked', 'Where all stay linked', 'Where none was linked'];
    const drafts = names.map((name) => ({ type: 'candidate', name }) as const);
    const dossiers = (await home.createDossiers(drafts)).map(({ id }) => id);
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(world, home, people)).map(({ id }) => id);
    const [here = '', ...others] = dossiers;
    const list = async (dossier: string) =>
      (await contactsOn(world, home, dossier)).map(({ contact_id }) => contact_id).sort();
    for (const dossier of [here, others[0] ?? '']) {
      for (const contact_id of [noor, iris]) {
        await link(world, home, dossier, { contact_id, role_on_dossier: 'introducer' });
      }
    }
    const before = await Promise.all(dossiers.map(list));
    await unlink(world, home, here, noor);
    const rest = before[0]?.filter((id) => id !== noor);
    expectEqual(await list(here), rest, 'the others on the dossier');
    expectEqual(await Promise.all(others.map(list)), before.slice(1), 'those on other dossiers');
    // Refused or not (LG-LNK-030), undoing a link that isn't there undoes no other.
    const path = { id: others[1] ?? '', contact_id: noor };
    const vain = await home.all.send('unlinkDossierContact', { path });
    if (vain.response.status >= 400) world.expect.refusal(vain, 404);
    else world.expect.success(vain);
    expectEqual(await Promise.all(others.map(list)), before.slice(1), 'those on other dossiers');
    // Linked anew it is there again.
    await link(world, home, here, { contact_id: noor, role_on_dossier: 'champion' });
    expectEqual(await list(here), before[0], 'the contacts of the dossier as before');
  },
  // A server that takes the contact off every dossier.
  liar: onUnlinking(async ({ contact, known, fetch, request }) => {
    for (const url of known.filter((one) => one.endsWith(`/${contact}`))) {
      await fetch(new Request(url, request));
    }
  }),
});

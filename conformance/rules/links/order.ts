import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, contactsOn, link } from '../../world/links.ts';

export default defineRule({
  id: 'links/order',
  level: 'SHOULD',
  verifies: ['LG-LNK-009'],
  sentence: 'The primary contact is listed first, then the others in the order of their linking.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Dirk' });
    const names = ['Willem', 'Anna', 'Zoë', 'Bram', 'Noor'];
    const list = async () => (await contactsOn(world, home, id)).map(({ full_name }) => full_name);
    // Created in another order than they are linked in.
    const drafts = [...names, 'Bo'].map((full_name) => ({ full_name })).reverse();
    const [bo, ...others] = await createContacts(world, home, drafts);
    for (const { id: contact_id } of others.reverse()) {
      await link(world, home, id, { contact_id, role_on_dossier: 'other' });
    }
    const linked = (await list()).filter((name) => names.includes(name));
    expectEqual(linked, names, 'the names in the list');
    await link(world, home, id, { contact_id: bo?.id ?? '', ...asPrimary });
    const [first, ...rest] = await list();
    expectEqual(first, 'Bo', 'the first name in the list');
    const following = rest.filter((name) => names.includes(name));
    expectEqual(following, names, 'the other names in the list');
  },
  liar: onPage(['listDossierContacts'], ({ data }) => {
    data.sort((a, b) => (String(a['full_name']) < String(b['full_name']) ? -1 : 1));
  }),
});

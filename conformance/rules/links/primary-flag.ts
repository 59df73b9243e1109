import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { asPrimary, contactsOn, findLinked, link } from '../../world/links.ts';

export default defineRule({
  id: 'links/primary-flag',
  level: 'MUST',
  verifies: ['LG-LNK-005'],
  sentence: 'A contact is listed with its role, and with a boolean that says if it is primary.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With roles and flags' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor, iris] = await createContacts(world, home, people);
    const [lead, help] = [noor?.id ?? '', iris?.id ?? ''];
    await link(world, home, id, { contact_id: lead, ...asPrimary });
    await link(world, home, id, { contact_id: help, role_on_dossier: 'gatekeeper' });
    for (const { is_primary } of await contactsOn(world, home, id)) {
      expectThat(typeof is_primary === 'boolean', 'a boolean as is_primary', () => is_primary);
    }
    const { role_on_dossier: leading } = await findLinked(world, home, id, lead);
    const { role_on_dossier: helping } = await findLinked(world, home, id, help);
    expectEqual([leading, helping], ['primary', 'gatekeeper'], 'the roles in the list');
  },
  // A server on a database without booleans.
  liar: onData(['listDossierContacts'], (item) => {
    item['is_primary'] = item['is_primary'] ? 1 : 0;
  }),
});

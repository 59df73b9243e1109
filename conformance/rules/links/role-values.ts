import { aValueBeside, inheritedNames } from '../../arbitraries/value-beside.ts';
import { settleFor } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { findLinked, link, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/role-values',
  level: 'MUST',
  verifies: ['LG-LNK-015'],
  sentence: 'Each of the documented roles is accepted, and no other.',
  needs: [],
  check: async (world) => {
    const { contract, expect, organization, property } = world;
    const home = await organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'For roles of all sorts' });
    const roles = rolesOnDossier(contract);
    const newcomer = async () =>
      (await createContact(world, home, { full_name: 'Noor Bakker' })).id;
    for (const role_on_dossier of roles) {
      const contact_id = await newcomer();
      await link(world, home, id, { contact_id, role_on_dossier });
      const listed = await findLinked(world, home, id, contact_id);
      expectEqual(listed.role_on_dossier, role_on_dossier, 'the role in the list');
    }
    const contact_id = await newcomer();
    // What a forgiving server might take for one of them.
    const likenesses = roles.flatMap((role) => [`${role}s`, `${role}_2`, role.replace('_', '-')]);
    // Parts of roles, and what every object has.
    const parts = ['prim', 'keeper', 'manager', ...inheritedNames];
    const others = [...likenesses, ...parts].filter((one) => !roles.some((role) => role === one));
    for (const role_on_dossier of [...others, 'hiring manager', 'hiringManager', '']) {
      const body = { contact_id, role_on_dossier };
      expect.refusal(await home.all.send('linkDossierContact', { path: { id }, body }), 400);
    }
    await property([aValueBeside({ values: roles, required: true })], async (role_on_dossier) => {
      const body = { contact_id, role_on_dossier };
      expect.refusal(await home.all.send('linkDossierContact', { path: { id }, body }), 400);
    });
    await link(world, home, id, { contact_id, role_on_dossier: 'other' });
  },
  // A server to which every role that it doesn't know is another one.
  liar: settleFor({ role_on_dossier: 'other' }),
});

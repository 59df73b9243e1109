import { refuseChanges } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view } from '../../world/changes.ts';
import { createContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { linksOn } from '../../world/links.ts';

export default defineRule({
  id: 'changes/fixed-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-088'],
  sentence: 'A change of type, flow or contact is ignored, and what comes along with it is not.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows = await flowsOf(home);
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
    const types = dossierTypes(world.contract);
    for (const type of types) {
      const { id } = await home.createDossier({ type, name: 'Of one type' });
      const others = types.filter((one) => one !== type).map((one) => ({ type: one }));
      const fixed = [...others, ...flows.map((flow) => ({ flow_id: flow.id })), { contact_id }];
      for (const [index, field] of fixed.entries()) {
        const before = await view(world, home, id);
        const links = await linksOn(world, home, id);
        const more = { name: `Renamed along with it ${String(index)}` };
        const after = await changeAndSee(world, home, id, { ...field, ...more });
        expectChanged(after, more);
        expectUntouched(world, before, after, more);
        expectEqual(await linksOn(world, home, id), links, 'the links as before,');
      }
    }
  },
  liar: refuseChanges((body) => body.includes('"flow_id"')),
});

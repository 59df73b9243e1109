import { aFullDossier, someChanges } from '../../arbitraries/changes.ts';
import { changeTwo } from '../../liars/careless-changes.ts';
import { defineRule } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { change, view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';

export default defineRule({
  id: 'changes/one-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-067'],
  sentence: 'A change changes the dossier that it names, and no other.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier(), someChanges('candidate')],
      async (draft, { email: _, ...others }) => {
        const home = await world.organization();
        const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
        await change(world, home, id, { company: 'Tulp Logistics' });
        const neighbour = await home.createDossier({ type: draft.type, name: 'Next to it' });
        const before = await view(world, home, id);
        // An address that the other one has is a matter of decisions.
        await change(world, home, neighbour.id, { name: 'Changed next to it', ...others });
        const after = await view(world, home, id);
        expectUntouched(world, before, { answered: { id }, ...after });
      },
    ),
  liar: changeTwo(),
});

import { aFullDossier } from '../../arbitraries/changes.ts';
import { refuseChanges } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'changes/nothing-to-change',
  level: 'SHOULD',
  verifies: ['LG-DOS-092'],
  sentence: 'A change of nothing succeeds, and leaves the dossier as it was.',
  needs: [],
  check: (world) =>
    world.property([aFullDossier()], async (draft) => {
      const home = await world.organization();
      const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
      const before = await view(world, home, id);
      const after = await changeAndSee(world, home, id, {});
      expectEqual(after.answered.id, id, 'the id');
      expectUntouched(world, before, after);
    }),
  liar: refuseChanges((body) => body === '{}'),
});

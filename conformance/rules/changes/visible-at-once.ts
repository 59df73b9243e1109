import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { isListed } from '../../world/dossier-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';

export default defineRule({
  id: 'changes/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'A change is there for every request that follows its answer.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Changed at once' });
    const statuses = dossierStatuses(world.contract) as NonNullable<Dossier['status']>[];
    for (const status of [...statuses, ...statuses]) {
      const changes = { name: `Now ${status}`, status };
      expectChanged(await changeAndSee(world, home, id, changes), changes);
      const listed: string[] = [];
      for (const one of statuses) {
        if (await isListed(world, home, id, { status: one })) listed.push(one);
      }
      expectEqual(listed, [status], 'the statuses that it is listed under');
    }
  },
  liar: neverLookAgain(),
});

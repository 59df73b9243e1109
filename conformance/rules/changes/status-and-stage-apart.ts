import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';

export default defineRule({
  id: 'changes/status-and-stage-apart',
  level: 'SHOULD',
  verifies: ['LG-DOS-086'],
  sentence: 'A status leaves the stage alone and a stage the status, whichever they are.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const statuses = dossierStatuses(world.contract) as NonNullable<Dossier['status']>[];
    for (const type of dossierTypes(world.contract)) {
      const dossier = await home.createDossier({ type, name: 'With a status and a stage' });
      const { stages } = await flowAround(home, dossier);
      const { id } = dossier;
      let { current_stage_id } = dossier;
      for (const status of statuses) {
        const changed = await changeAndSee(world, home, id, { status });
        expectChanged(changed, { status, current_stage_id });
        // The ends of a flow are where a server might think of a status.
        for (const { id: stage } of [...stages.slice(-2), ...stages.slice(0, 1)].reverse()) {
          current_stage_id = stage;
          const moved = await changeAndSee(world, home, id, { current_stage_id });
          expectChanged(moved, { current_stage_id });
          expectEqual(moved.listed.status, status, 'the status as before,');
        }
      }
    }
  },
  // A server to which a dossier that moves is active.
  liar: onSent(['updateDossier'], (body) =>
    body['current_stage_id'] === undefined ? body : { status: 'active', ...body },
  ),
});

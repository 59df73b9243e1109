import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { isListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/one-stage',
  level: 'MUST',
  verifies: ['LG-DOS-002'],
  sentence: 'A dossier is in one stage, the one that it names, and in no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const stages = (await flowsOf(home)).flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const type of dossierTypes(world.contract)) {
      const seen = await createAndSee(world, home, { type, name: 'Noor Bakker' });
      const { id, current_stage_id } = seen.created;
      expectKept(seen, { current_stage_id }, everywhere);
      const found: string[] = [];
      for (const stage_id of stages) {
        if (await isListed(world, home, id, { stage_id })) found.push(stage_id);
      }
      expectEqual(found, [current_stage_id], 'the stages that the dossier is listed under');
    }
  },
  liar: overlookQuery('listDossiers', 'stage_id'),
});

import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { findListed, isListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'changes/moves',
  level: 'MUST',
  verifies: ['LG-DOS-083', 'LG-DOS-009', 'LG-DOS-002'],
  sentence:
    'A dossier moves to any other stage, back or forth, and is listed under that one alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const dossier = await home.createDossier({ type, name: 'About to be moved' });
      const { id } = dossier;
      const stages = (await flowAround(home, dossier)).stages.map((stage) => stage.id);
      const others = stages.filter((stage) => stage !== dossier.current_stage_id);
      let last: string = dossier.current_stage_id;
      // Forth one by one, back past those between, forth past them, and back by one.
      for (const stage of [...others, stages[0], stages.at(-1), stages.at(-2)]) {
        if (stage === undefined || stage === last) continue;
        const change = { current_stage_id: stage };
        expectChanged(await changeAndSee(world, home, id, change), change);
        await findListed(world, home, id, { stage_id: stage });
        const stays = await isListed(world, home, id, { stage_id: last });
        expectEqual(stays, false, 'whether it is still listed under its old stage:');
        last = stage;
      }
      const found: string[] = [];
      for (const stage_id of stages) {
        if (await isListed(world, home, id, { stage_id })) found.push(stage_id);
      }
      expectEqual(found, [last], 'the stages that the dossier is listed under');
    }
  },
  // A server with a cache of its lists that nothing ever clears.
  liar: neverLookAgain(),
});

import { refuseOtherwise } from '../../liars/other-refusals.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { flowsOf } from '../../world/flows.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'changes/stage-refusal',
  level: 'SHOULD',
  verifies: ['LG-DOS-085'],
  sentence: 'A stage outside of the flow of a dossier is a bad value, not a missing thing.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const stages = (await flowsOf(home)).flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const type of dossierTypes(world.contract)) {
      const draft = { type, name: 'With a stage of its own' };
      const { id, current_stage_id: start } = await home.createDossier(draft);
      const send = (stage: string) =>
        home.all.send('updateDossier', { path: { id }, body: { current_stage_id: stage } });
      let moved = 0;
      for (const stage of [...stages, unknownIdLike(start)]) {
        const exchange = await send(stage);
        if (exchange.response.status < 300) moved += 1;
        else world.expect.refusal(exchange, 400);
      }
      // Its own flow has two stages or more.
      if (moved === 0) await change(world, home, id, { current_stage_id: start });
    }
  },
  liar: refuseOtherwise('updateDossier', 400, 404, 'not_found'),
});

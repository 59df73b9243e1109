import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import type { Flow } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'changes/stage-of-like-flow',
  level: 'MUST',
  verifies: ['LG-DOS-084'],
  sentence: 'A dossier moves to no stage of another flow of its type, nor of another organisation.',
  needs: ['fresh-organizations', 'second-organization', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    const strangers = await world.organization({ second: true });
    for (const type of dossierTypes(world.contract)) {
      const [draft] = plainFlows(1, type);
      if (!draft) return;
      const own = await makeFlow(home, draft);
      // Alike in everything but their ids.
      const likes: readonly Flow[] = [
        await makeFlow(home, draft),
        await makeFlow(strangers, draft),
      ];
      const { id, current_stage_id } = await home.createDossier({
        ...{ type, name: 'To stay in its flow', flow_id: own.id },
      });
      for (const stage of likes.flatMap(({ stages }) => stages)) {
        const body = { current_stage_id: stage.id };
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(world, refused, ['LG-DOS-085']);
        const { current_stage_id: kept } = await retrieve(world, home, id);
        expectEqual(kept, current_stage_id, 'the stage as before,');
      }
      for (const stage of own.stages) {
        await change(world, home, id, { current_stage_id: stage.id });
      }
    }
  },
  // A server that says nothing of what it doesn't do.
  liar: onAnswer(['updateDossier'], (answer, request) => {
    if (answer.status !== 400) return;
    answer.status = 200;
    answer.body = { data: { id: request.url.split('/').at(-1) } };
  }),
});

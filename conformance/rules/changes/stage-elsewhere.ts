import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'changes/stage-elsewhere',
  level: 'MUST',
  verifies: ['LG-DOS-084', 'LG-DOS-003'],
  sentence:
    'A dossier moves to nothing but the stages of its own flow, and else stays where it is.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows = await flowsOf(home);
    for (const type of dossierTypes(world.contract)) {
      const dossier = await home.createDossier({ type, name: 'To stay in its flow' });
      const { id, current_stage_id: start } = dossier;
      const own = await flowAround(home, dossier);
      const others = flows.filter((flow) => flow.id !== own.id);
      const stages = others.flatMap((flow) => flow.stages.slice(0, 2).map((stage) => stage.id));
      const target = own.stages.findLast((stage) => stage.id !== start)?.id ?? start;
      for (const elsewhere of [...stages.slice(0, 6), unknownIdLike(start), own.id, 'no-stage']) {
        const body = { current_stage_id: elsewhere };
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(world, refused, ['LG-DOS-085']);
        const { current_stage_id: stage } = await retrieve(world, home, id);
        expectEqual(stage, start, 'the stage as before,');
      }
      await change(world, home, id, { current_stage_id: target });
    }
  },
  // A server that overlooks a stage that isn't one of the flow.
  liar: onSent(['updateDossier'], (body) => ({
    ...body,
    current_stage_id: /^[0-9a-f-]{36}$/.test(String(body['current_stage_id']))
      ? undefined
      : body['current_stage_id'],
  })),
});

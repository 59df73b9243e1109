import fc from 'fast-check';
import { aLongFlow } from '../../arbitraries/flow.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { makeFlow } from '../../world/flows.ts';

/** Lets a dossier come to each stage once. */
const onceOnly = (): Liar => {
  const passed = new Set<unknown>();
  return onSent(['updateDossier'], (body) => {
    const { current_stage_id: stage, ...rest } = body;
    if (stage === undefined || passed.has(stage)) return rest;
    passed.add(stage);
    return body;
  });
};

export default defineRule({
  id: 'changes/moves-in-long-flow',
  level: 'MUST',
  verifies: ['LG-DOS-083', 'LG-DOS-003'],
  sentence:
    'In a flow of many stages a dossier moves from any to any other, and stays in that flow.',
  needs: ['fresh-organizations', 'flows'],
  check: (world) => {
    const aRoute = fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 5 });
    return world.property(
      [fc.noShrink(aLongFlow()), aRoute],
      async (draft, route) => {
        const home = await world.organization();
        const { id: flow_id, type, stages } = await makeFlow(home, draft);
        const { id } = await home.createDossier({ type, name: 'On its way', flow_id });
        for (const index of [...route, ...route.toReversed()]) {
          const current_stage_id = stages[index]?.id ?? '';
          const after = await changeAndSee(world, home, id, { current_stage_id });
          expectChanged(after, { current_stage_id });
          const { flow_id: shown } = after.retrieved;
          if (shown) expectChanged(after, { flow_id });
        }
      },
      3,
    );
  },
  liar: onceOnly(),
});

import { aLongFlow } from '../../arbitraries/flow.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow, stagesOf, type Stage } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/optional-figures',
  level: 'MUST',
  verifies: ['LG-FLO-011', 'LG-FLO-012'],
  sentence: 'A stage shows its deadline and its chance where it has them, and else no figure.',
  needs: ['flows', 'fresh-organizations'],
  check: (world) =>
    world.property([aLongFlow()], async (draft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, draft);
      for (const stages of [flow.stages, await stagesOf(world, home, flow.id)]) {
        for (const { name, deadline_days, win_probability } of stages) {
          const given = draft.stages.find((stage) => stage.name === name.normalize('NFC'));
          const days = given?.deadline_days ?? null;
          expectEqual(deadline_days ?? null, days, `deadline_days of "${name}"`);
          // Its scale is a matter of decisions.
          const chance = typeof given?.win_probability;
          expectEqual(typeof (win_probability ?? undefined), chance, 'type of win_probability');
        }
      }
    }),
  // A server to which no deadline is one of zero days.
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) stage.deadline_days ??= 0;
  }),
});

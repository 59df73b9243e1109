import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { Unavailable } from '../../targets/unavailable.ts';
import { expectThat } from '../../world/expectations.ts';
import { flowsOf, stagesOf, type Stage } from '../../world/flows.ts';

const isColored = ({ color }: Stage): boolean => (color ?? '') !== '';

export default defineRule({
  id: 'flows/colors-in-both',
  level: 'MUST',
  verifies: ['LG-FLO-022'],
  sentence: 'A stage that has a colour by itself has one in the list of flows too.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    let colored = 0;
    for (const { id, stages } of (await flowsOf(home)).slice(0, 20)) {
      for (const alone of (await stagesOf(world, home, id)).filter(isColored)) {
        colored += 1;
        const nested = stages.find((stage) => stage.id === alone.id);
        // Whether all stages are in both places is for other rules to say.
        if (!nested) continue;
        expectThat(
          isColored(nested),
          `the color of the stage ${alone.id} in the list`,
          () => nested,
        );
      }
    }
    if (colored === 0) throw new Unavailable('No stage of this target shows a colour by itself.');
  },
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) delete stage.color;
  }),
});

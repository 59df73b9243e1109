import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow, stagesOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/colors-alone',
  level: 'SHOULD',
  verifies: ['LG-FLO-021'],
  sentence: 'Stages that are read by themselves have their colours too.',
  needs: ['flows', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const stages = ['#FF5C35', '#22C55E', '#0EA5E9'].map((color) => ({ name: color, color }));
    const { id } = await makeFlow(home, { name: 'Colours', type: 'sales', stages });
    const shown = await stagesOf(world, home, id);
    const [colors, names] = [shown.map(({ color }) => color), stages.map(({ color }) => color)];
    expectEqual(colors, names, 'the colours of the stages');
  },
  liar: onData(['listFlowStages'], (stage) => {
    delete stage['color'];
  }),
});

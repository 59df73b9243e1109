import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { makeFlow, type Stage } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/listed-colors',
  level: 'MUST',
  verifies: ['LG-FLO-022'],
  sentence: 'The list of flows shows the colour of each stage that was made with one.',
  needs: ['flows', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const colors = ['#FF5C35', '#22C55E', '#000000'];
    const colored = colors.map((color) => ({ name: `In ${color}`, color }));
    const plain = { name: 'In none' };
    for (const stages of [colored, [colored[0] ?? plain, plain, ...colored.slice(1)]]) {
      const flow = await makeFlow(home, { name: 'Colours', type: 'sales', stages });
      for (const { name } of colored) {
        const stage = flow.stages.find((one) => one.name === name);
        // How a colour is written is a matter of decisions (LG-FLO-015).
        const shown = typeof stage?.color === 'string' && stage.color !== '';
        expectThat(shown, `the color of the stage "${name}" in the list`, () => flow.stages);
      }
    }
  },
  // A server that lists stages as it shows them by themselves in the documentation.
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) delete stage.color;
  }),
});

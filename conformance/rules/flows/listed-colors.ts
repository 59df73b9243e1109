import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { flowsOf, makeFlow, noColors, stagesOf, type Stage } from '../../world/flows.ts';
import type { Organization } from '../../world/organization.ts';
import type { World } from '../../world/world.ts';

/** How a colour is written is a matter of decisions (LG-FLO-015). */
const isColored = ({ color }: Stage): boolean => typeof color === 'string' && color !== '';

const expectColored = (
  nested: readonly Stage[],
  isSame: (stage: Stage) => boolean,
  name: string,
): void => {
  const stage = nested.find(isSame);
  // Whether all stages are listed is for other rules to say.
  if (!stage) return;
  expectThat(isColored(stage), `the color of the stage ${name} in the list`, () => stage);
};

/** Makes stages with a colour, beside one that has none. */
const expectMadeColors = async (home: Organization): Promise<void> => {
  const colored = ['#FF5C35', '#22C55E', '#000000'].map((color) => ({ name: color, color }));
  const [first, ...others] = colored;
  for (const stages of [colored, [...(first ? [first] : []), { name: 'In none' }, ...others]]) {
    const flow = await makeFlow(home, { name: 'Colours', type: 'sales', stages });
    for (const { name } of colored) expectColored(flow.stages, (one) => one.name === name, name);
  }
};

/** Counts the stages that show a colour by themselves; each must show one in the list too. */
const expectKnownColors = async (world: World, home: Organization): Promise<number> => {
  let known = 0;
  for (const { id, stages } of (await flowsOf(home)).slice(0, 20)) {
    for (const alone of (await stagesOf(world, home, id)).filter(isColored)) {
      known += 1;
      expectColored(stages, (one) => one.id === alone.id, alone.name);
    }
  }
  return known;
};

export default defineRule({
  id: 'flows/listed-colors',
  level: 'MUST',
  verifies: ['LG-FLO-022'],
  sentence: 'The list of flows shows the colour of each stage that has one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const makes = world.offers.has('flows') && world.offers.has('fresh-organizations');
    if (makes) await expectMadeColors(home);
    const known = await expectKnownColors(world, home);
    if (!makes && known === 0) throw noColors();
  },
  // A server that lists stages as it shows them by themselves in the documentation.
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) delete stage.color;
  }),
});

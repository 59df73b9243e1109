import { aLongFlow } from '../../arbitraries/flow.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow, namesInOrder, stagesOf, type Stage } from '../../world/flows.ts';

const expectInOrder = (stages: readonly Stage[], expected: readonly string[]): void => {
  const names = stages.map(({ name }) => name.normalize('NFC'));
  expectEqual(names, expected, 'the names of the stages by position');
  const positions = stages.map(({ position }) => position);
  const ascending = [...positions].sort((a, b) => a - b);
  expectEqual(positions, ascending, 'the positions of the stages');
};

export default defineRule({
  id: 'flows/nested-stages',
  level: 'MUST',
  verifies: ['LG-FLO-002', 'LG-FLO-003', 'LG-FLO-017'],
  sentence: 'A flow shows all of its stages by position, ten and more of them too.',
  needs: ['flows', 'fresh-organizations'],
  check: (world) =>
    world.property([aLongFlow()], async (draft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, draft);
      const expected = namesInOrder(draft);
      expectInOrder(flow.stages, expected);
      expectInOrder(await stagesOf(world, home, flow.id), expected);
    }),
  // A server that sorts positions as text.
  liar: onData(['listFlows'], (flow) => {
    (flow['stages'] as Stage[]).sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1));
  }),
});

import { aLongFlow } from '../../arbitraries/flow.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { makeFlow, stagesOf, type Stage } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/optional-figures',
  level: 'MUST',
  verifies: ['LG-FLO-009', 'LG-FLO-011', 'LG-FLO-012'],
  sentence: 'A stage shows its deadline and its chance where it has them, and else no figure.',
  needs: ['flows', 'fresh-organizations'],
  check: (world) =>
    world.property([aLongFlow()], async (draft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, draft);
      expectEqual(flow.name.normalize('NFC'), draft.name.normalize('NFC'), 'the name of the flow');
      expectEqual(
        flow.is_default,
        draft.is_default ?? flow.is_default,
        'whether it is the default',
      );
      for (const stages of [flow.stages, await stagesOf(world, home, flow.id)]) {
        const told: [number, number][] = [];
        for (const { name, deadline_days, win_probability } of stages) {
          const given = draft.stages.find((stage) => stage.name === name.normalize('NFC'));
          const days = given?.deadline_days ?? null;
          expectEqual(deadline_days ?? null, days, `deadline_days of "${name}"`);
          // Its scale is a matter of decisions.
          const chance = typeof given?.win_probability;
          expectEqual(typeof (win_probability ?? undefined), chance, 'type of win_probability');
          if (typeof given?.win_probability !== 'number' || win_probability == null) continue;
          told.push([given.win_probability, win_probability]);
        }
        // Whatever the scale: who has the greater chance is told the greater one.
        const inOrder = told.toSorted((one, other) => one[0] - other[0]);
        const kept = inOrder.every(([own, shown], index) => {
          const [before, shownBefore] = inOrder[index - 1] ?? [own, shown];
          return own === before ? shown === shownBefore : shown > shownBefore;
        });
        expectThat(kept, 'chances in the order of those that were given', () => inOrder);
      }
    }),
  // A server to which no deadline is one of zero days.
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) stage.deadline_days ??= 0;
  }),
});

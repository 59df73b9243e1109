import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { flowsOf, stagesOf, type Stage } from '../../world/flows.ts';

const expectWhole = (stages: readonly Stage[], drafts: readonly { name: string }[]): void => {
  const told = stages.every(({ id, position }) => id && typeof position === 'number');
  expectThat(told, 'stages with an id and a position', () => stages);
  const [names, expected] = [stages, drafts].map((some) => some.map(({ name }) => name));
  expectEqual(names, expected, 'the names of the stages');
};

export default defineRule({
  id: 'flows/fields',
  level: 'MUST',
  verifies: ['LG-FLO-009', 'LG-FLO-010'],
  sentence: 'Flows, the default and the others, and their stages have all fields, however listed.',
  needs: ['flows', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const drafts = new Map<string, ReturnType<typeof plainFlows>[number]>();
    for (const draft of plainFlows(2)) drafts.set((await home.createFlow(draft)).id, draft);
    for (const query of [{}, ...dossierTypes(world.contract).map((type) => ({ type }))]) {
      const flows = await flowsOf(home, query);
      for (const flow of flows) {
        const fields = ['id', 'name', 'type', 'is_default', 'stages'];
        const whole = fields.every((field) => field in flow);
        expectThat(whole, `${fields.join(', ')} of the flow`, () => flow);
        const { name, type, is_default, stages } = flow;
        expectThat(
          typeof is_default === 'boolean',
          'a flow that is the default or not',
          () => flow,
        );
        const draft = drafts.get(flow.id) ?? { name, type, stages };
        expectEqual({ name, type }, { name: draft.name, type: draft.type }, 'the flow');
        expectWhole(stages, draft.stages);
      }
      for (const { id, stages } of flows) {
        expectWhole(await stagesOf(world, home, id), drafts.get(id)?.stages ?? stages);
      }
    }
  },
  // A server that says of the default flow alone that it is one.
  liar: onData(['listFlows'], (flow) => {
    if (flow['is_default'] === false) delete flow['is_default'];
  }),
});

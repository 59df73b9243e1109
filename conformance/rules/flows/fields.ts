import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { flowsOf, stagesOf } from '../../world/flows.ts';

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
      for (const flow of await flowsOf(home, query)) {
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
        for (const given of [stages, await stagesOf(world, home, flow.id)]) {
          const told = given.every(({ id, position }) => id && typeof position === 'number');
          expectThat(told, 'stages with an id and a position', () => given);
          const names = given.map((stage) => stage.name);
          expectEqual(
            names,
            draft.stages.map((stage) => stage.name),
            'the names of the stages',
          );
        }
      }
    }
  },
  // A server that says of the default flow alone that it is one.
  liar: onData(['listFlows'], (flow) => {
    if (flow['is_default'] === false) delete flow['is_default'];
  }),
});

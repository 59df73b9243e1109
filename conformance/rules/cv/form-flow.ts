import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { defaultFlowOf, firstStageOf, flowsOf, makeFlow } from '../../world/flows.ts';
import { createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/form-flow',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-022', 'LG-DOS-024'],
  sentence: 'A form puts a dossier into the flow that it names, or else into the default one.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainFlows(2)) {
      const { id: flow_id, type, stages } = await makeFlow(home, draft);
      const fields = { type, name: 'Noor Bakker' };
      const given = await createByForm(world, home, formOf({ ...fields, flow_id }));
      const inside = stages.some(({ id }) => id === given.current_stage_id);
      expectThat(inside, 'a stage of the flow that was given', () => given.current_stage_id);
      const other = await createByForm(world, home, formOf(fields));
      const flow = defaultFlowOf(await flowsOf(home), type);
      const first = flow && firstStageOf(flow)?.id;
      expectEqual(other.current_stage_id, first, 'the first stage of the default flow,');
    }
  },
  liar: onForm(['createDossier'], (form) => {
    form.delete('flow_id');
    return form;
  }),
});

import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { plansWithoutApi } from '../../world/plans.ts';

export default defineRule({
  id: 'plans/stages',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002'],
  sentence: 'Without the plan an organisation can’t read the stages of its own flows either.',
  needs: ['free-plan', 'pro-plan', 'flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect }) => {
    for (const plan of plansWithoutApi(contract)) {
      const [home, paying] = [await organization({ plan }), await organization()];
      for (const draft of plainFlows(2)) {
        const [{ id }, twin] = [await home.createFlow(draft), await paying.createFlow(draft)];
        expect.refusal(await home.all.send('listFlowStages', { path: { id } }), 402);
        expect.success(await paying.all.send('listFlowStages', { path: { id: twin.id } }));
      }
    }
  },
  liar: refuseNot(402),
});

import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { planWithApi, plansWithoutApi } from '../../world/plans.ts';

export default defineRule({
  id: 'plans/changed-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002', 'LG-PLN-003', 'LG-ERR-006'],
  sentence: 'An organisation that leaves the Growth plan can use nothing, until it comes back.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async ({ contract, operations, organization, expect }) => {
    for (const plan of plansWithoutApi(contract)) {
      for (const { id } of operations) {
        const home = await organization();
        // All that the path names is there: nothing but the plan is in the way.
        const request = await home.prepare(id);
        await home.changePlan(plan);
        expect.refusal(await home.all.send(id, request), 402);
        await home.changePlan(planWithApi(contract));
        expect.success(await home.all.send(id, request));
      }
    }
  },
  liar: refuseNot(402),
});

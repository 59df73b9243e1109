import type { OperationId } from '../../../openapi/contract.ts';
import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { planWithApi, plansWithoutApi } from '../../world/plans.ts';

export default defineRule({
  id: 'plans/changed-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002', 'LG-PLN-003', 'LG-ERR-006'],
  sentence: 'An organisation that leaves the Growth plan can use nothing, until it comes back.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async ({ contract, operations, organization, expect }) => {
    for (const plan of plansWithoutApi(contract)) {
      const home = await organization();
      const requests = new Map<OperationId, RawRequest>();
      for (const { id } of operations) requests.set(id, await home.prepare(id));
      await home.changePlan(plan);
      // All that the paths name is there: nothing but the plan is in the way.
      for (const [id, request] of requests) {
        expect.refusal(await home.all.send(id, request), 402);
      }
      await home.changePlan(planWithApi(contract));
      for (const [id, request] of requests) expect.success(await home.all.send(id, request));
    }
  },
  liar: refuseNot(402),
});

import { doNext } from '../../liars/late-work.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { planWithApi, plansWithoutApi } from '../../world/plans.ts';
import { portraitOf } from '../../world/portrait.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

export default defineRule({
  id: 'plans/no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence: 'What is refused for the plan is not done, as shows once there is a plan for it.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (world) => {
    const { contract, operations, organization, expect } = world;
    const plans = plansWithoutApi(contract);
    for (const [index, { id }] of writes(operations).entries()) {
      const home = await organization();
      const request = await prepareVisible(home, id);
      const before = await portraitOf(world, home);
      await home.changePlan(plans[index % plans.length] ?? '');
      expect.refusal(await home.all.send(id, request), 402);
      await home.changePlan(planWithApi(contract));
      expectEqual(await portraitOf(world, home), before, `what there was before ${id},`);
      expect.success(await home.all.send(id, request));
    }
  },
  // A server that keeps what it refused until it is paid for.
  liar: doNext(402),
});

import { doNext } from '../../liars/late-work.ts';
import { defineRule } from '../../rule.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aForm } from '../../world/form-access.ts';
import { planWithApi, plansWithoutApi } from '../../world/plans.ts';

export default defineRule({
  id: 'plans/form-no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence: 'A form that is refused for the plan creates nothing.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (world) => {
    const { contract, organization, expect } = world;
    for (const plan of plansWithoutApi(contract)) {
      const home = await organization();
      const name = `Refused on ${plan}`;
      await home.changePlan(plan);
      expect.refusal(await home.all.send('createDossier', aForm(name)), 402);
      await home.changePlan(planWithApi(contract));
      await expectNoneNamed(world, home, name);
      expect.success(await home.all.send('createDossier', aForm(name)));
    }
  },
  // A server that keeps forms until they are paid for.
  liar: doNext(402),
});

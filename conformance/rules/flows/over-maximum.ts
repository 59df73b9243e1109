import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'flows/over-maximum',
  level: 'SHOULD',
  verifies: ['LG-FLO-007'],
  sentence: 'More flows on a page than the maximum are refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const { maximum } = pageSizes(contract, 'listFlows');
    const list = (perPage: number) =>
      home.all.send('listFlows', { query: { per_page: String(perPage) } });
    expect.refusal(await list(maximum + 1), 400);
    expect.success(await list(maximum));
  },
  liar: refuseNot(400),
});

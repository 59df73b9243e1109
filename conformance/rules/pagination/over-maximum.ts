import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'pagination/over-maximum',
  level: 'SHOULD',
  verifies: ['LG-GEN-020'],
  sentence: 'More items on a page than the maximum are refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const { maximum } = pageSizes(contract, 'listDossiers');
    const list = (perPage: number) =>
      home.all.send('listDossiers', { query: { per_page: String(perPage) } });
    expect.refusal(await list(maximum + 1), 400);
    expect.success(await list(maximum));
  },
  liar: refuseNot(400),
});

import { readContract } from '../../../openapi/contract.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { pageOf } from '../../world/pages.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'flows/never-paged-stages',
  level: 'SHOULD',
  verifies: ['LG-FLO-020'],
  sentence: 'The stages of a flow come all at once, whatever page was asked for.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    for (const { id, stages } of (await flowsOf(home)).slice(0, 5)) {
      for (const query of [{}, { page: '2', per_page: '1' }]) {
        const exchange = await home.all.send('listFlowStages', { path: { id }, query });
        expect.success(exchange);
        const { items, page, perPage } = pageOf(exchange);
        const ids = items.map((stage) => stage.id);
        const all = stages.map((stage) => stage.id);
        expectEqual(ids, all, 'the ids of the stages');
        expectEqual({ page, perPage }, { page: 1, perPage: all.length }, 'page and size');
      }
    }
  },
  liar: onPage(['listFlowStages'], ({ data, meta }, url) => {
    const size = Number(
      url.searchParams.get('per_page') ?? pageSizes(readContract(), 'listFlows').size,
    );
    meta['per_page'] = size;
    data.splice(size);
  }),
});

import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'flows/page-defaults',
  level: 'MUST',
  verifies: ['LG-FLO-001', 'LG-FLO-005', 'LG-FLO-006', 'LG-GEN-017'],
  sentence: 'Without parameters the first page of flows comes, in the documented size.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect }) => {
    const { size } = pageSizes(contract, 'listFlows');
    const home = await organization();
    const known = (await flowsOf(home)).map(({ id }) => id);
    const rest = known.length;
    for (const draft of plainFlows(size)) known.push((await home.createFlow(draft)).id);
    const list = async (query: Record<string, string>) => {
      const exchange = await home.all.send('listFlows', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    const unasked = await list({});
    expectEqual(unasked.length, size, 'the number of flows on a page of default size');
    expectEqual(await list({ page: '1' }), unasked, 'the ids on page 1');
    expectEqual(await list({ per_page: String(size) }), unasked, 'the ids on a page of that size');
    const second = await list({ page: '2' });
    expectEqual(second.length, rest, 'the number of flows on page 2');
    expectEqual([...unasked, ...second].sort(), known.sort(), 'the ids on both pages');
  },
  liar: onPage(['listFlows'], ({ data }, url) => {
    if (!url.searchParams.has('per_page')) data.splice(20);
  }),
});

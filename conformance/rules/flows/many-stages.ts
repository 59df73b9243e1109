import { readContract } from '../../../openapi/contract.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { makeFlow, namesInOrder, type Stage } from '../../world/flows.ts';
import { pageOf } from '../../world/pages.ts';
import { pageSizes } from '../../world/page-sizes.ts';

/** More than fit on a page, out of order by place and name; two have the same name. */
const stages = Array.from({ length: 32 }, (_, index) => ({
  name: `A stage with a name that is rather long, number ${String(index % 31)}`,
  position: ((index * 13) % 32) + 1,
}));

export default defineRule({
  id: 'flows/many-stages',
  level: 'MUST',
  verifies: ['LG-FLO-002', 'LG-FLO-003', 'LG-FLO-018', 'LG-FLO-019', 'LG-GEN-018'],
  sentence: 'However many stages a flow has, the list nests them all, and the total counts them.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect }) => {
    for (const type of dossierTypes(contract)) {
      const home = await organization();
      const draft = { name: 'A long way', type, stages };
      const flow = await makeFlow(home, draft);
      const names = flow.stages.map(({ name }) => name);
      expectEqual(names, namesInOrder(draft), 'the names of the stages by position');
      const exchange = await home.all.send('listFlowStages', { path: { id: flow.id } });
      expect.success(exchange);
      // Whether they come in pages is a matter of decisions.
      const { items, total, perPage } = pageOf(exchange);
      const fits = (perPage ?? items.length) >= items.length;
      expectThat(fits, 'a meta.per_page of as many stages as are shown', () => perPage);
      expectEqual(total, stages.length, 'meta.total');
      const alone = (items as readonly Stage[]).map(({ id, name }) => ({ id, name }));
      const nested = flow.stages.map(({ id, name }) => ({ id, name }));
      expectEqual(alone, nested.slice(0, alone.length), 'the stages by themselves');
    }
  },
  // A server that nests no more than fit on a page.
  liar: onPage(['listFlows'], ({ data }) => {
    for (const flow of data)
      (flow['stages'] as unknown[]).splice(pageSizes(readContract(), 'listFlows').size);
  }),
});

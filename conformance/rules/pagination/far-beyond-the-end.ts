import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { whileStill } from '../../world/stillness.ts';
import { expectEqual } from '../../world/expectations.ts';
import { isPaged } from '../../world/page-sizes.ts';
import { pageOf } from '../../world/pages.ts';

/** No organisation has so many of anything, and no number is too large to be one. */
const farPages = ['1000000', '2147483648'];

export default defineRule({
  id: 'pagination/far-beyond-the-end',
  level: 'SHOULD',
  verifies: ['LG-GEN-022'],
  sentence: 'Far beyond its end every list is empty, and tells the true total and what was asked.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const operation of operations) {
      if (!isPaged(operation)) continue;
      const { id } = operation;
      const request = await home.prepare(id);
      const list = async (page: string) => {
        const query = { page, per_page: '2' };
        const exchange = await home.all.send(id, { ...request, query });
        expect.success(exchange);
        return pageOf(exchange);
      };
      const look = async () => (await list('1')).total;
      await whileStill(look, async (total) => {
        for (const page of farPages) {
          const { items, ...told } = await list(page);
          expectEqual(items, [], `the items of ${id} beyond the end`);
          expectEqual(told, { total, page: Number(page), perPage: 2 }, `meta of ${id}`);
        }
      });
    }
  },
  // A server that tells of the last page that there is.
  liar: onPage(['listFlows'], ({ data, meta }) => {
    if (data.length === 0) meta['page'] = 1;
  }),
});

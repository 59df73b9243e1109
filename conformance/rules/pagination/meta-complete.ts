import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'pagination/meta-complete',
  level: 'MUST',
  verifies: ['LG-GEN-019'],
  sentence: 'A page tells its number and size beside the total.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations.filter((operation) => operation.id.startsWith('list'))) {
      const exchange = await home.all.send(id, await home.prepare(id));
      expect.success(exchange);
      const { page, perPage } = pageOf(exchange);
      const complete = page !== undefined && perPage !== undefined;
      expectThat(complete, `page and per_page in meta of ${id}`, () => exchange.json);
    }
  },
  liar: onPage(['listDossiers'], ({ meta }) => {
    delete meta['per_page'];
  }),
});

import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'pagination/meta-complete',
  level: 'SHOULD',
  verifies: ['LG-GEN-019'],
  sentence: 'A page tells its number and size beside the total.',
  needs: [],
  check: async ({ organization, expect }) => {
    const exchange = await (await organization()).all.send('listDossiers');
    expect.success(exchange);
    const { page, perPage } = pageOf(exchange);
    const complete = page !== undefined && perPage !== undefined;
    expectThat(complete, 'page and per_page in meta', () => exchange.json);
  },
  liar: onPage(['listDossiers'], ({ meta }) => {
    delete meta['per_page'];
  }),
});

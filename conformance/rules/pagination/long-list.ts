import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'pagination/long-list',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'] as const),
    ...(['LG-DOS-007', 'LG-DOS-012', 'LG-DOS-013'] as const),
  ],
  sentence:
    'A list that is longer than the longest page is whole, in order and counted to its end.',
  needs: ['fresh-organizations'],
  check: async ({ contract, organization }) => {
    const { size, maximum } = pageSizes(contract, 'listDossiers');
    const home = await organization();
    // Of one type just as many as fill pages of the default size, of the other one more.
    const made = await home.createDossiers(plainDossiers(maximum + 1));
    for (const filter of [{}, { type: 'candidate' }, { type: 'sales' }, { status: 'active' }]) {
      const passing = made.filter(({ type }) => !('type' in filter) || filter.type === type);
      const wanted = passing.map(({ id }) => id).sort();
      const orders: string[][] = [];
      for (const perPage of [undefined, size, 2 * size, maximum]) {
        const query = perPage === undefined ? filter : { ...filter, per_page: String(perPage) };
        const applied = perPage ?? size;
        const pages = await home.walk('listDossiers', query);
        for (const [index, { items, total, page, perPage: told }] of pages.entries()) {
          const rest = wanted.length - index * applied;
          const which = `page ${String(index + 1)} of ${String(applied)}`;
          expectEqual(items.length, Math.min(applied, rest), `the number of items on ${which}`);
          expectEqual(total, wanted.length, `meta.total on ${which}`);
          expectEqual(page ?? index + 1, index + 1, 'meta.page');
          expectEqual(told ?? applied, applied, 'meta.per_page');
        }
        orders.push(pages.flatMap(({ items }) => items.map(({ id }) => id)));
      }
      for (const order of orders) {
        expectEqual([...order].sort(), wanted, 'the ids on all pages');
        expectEqual(order, orders[0], 'the same order with any page size,');
      }
    }
  },
  // A server that reads a hundred rows, and cuts its pages out of them.
  liar: onPage(['listDossiers'], ({ data }, url) => {
    if (url.searchParams.get('per_page') === '100' && url.searchParams.get('page') === '2') {
      data.splice(0);
    }
  }),
});

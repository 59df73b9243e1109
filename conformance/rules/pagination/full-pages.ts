import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { frontOf, whileStill } from '../../world/stillness.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { pageOf } from '../../world/pages.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';

export default defineRule({
  id: 'pagination/full-pages',
  level: 'MUST',
  verifies: ['LG-GEN-016'],
  sentence: 'Every page but the last is full, and each holds its own stretch of the list.',
  needs: [],
  check: async (world) => {
    const { organization, expect } = world;
    const home = await organization();
    await home.createDossiers(plainDossiers(12));
    const list = async (page: number, perPage: number) => {
      const query = { page: String(page), per_page: String(perPage) };
      const exchange = await home.all.send('listDossiers', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    const look = () => frontOf(world, home, 'listDossiers');
    await whileStill(look, async ({ ids: whole, total }) => {
      const most = pageSizes(world.contract, 'listDossiers').maximum;
      expectEqual(whole.length, Math.min(total, most), 'the number of dossiers on one page of all');
      // Sizes that divide the total exactly, that leave one item over, and that take all at once.
      for (const perPage of [1, 2, 3, 5, 6, 11, 12]) {
        for (let page = 1; (page - 1) * perPage < 12; page += 1) {
          const stretch = whole.slice((page - 1) * perPage, page * perPage);
          const what = `the ids on page ${String(page)} of ${String(perPage)}`;
          expectEqual(await list(page, perPage), stretch, what);
        }
      }
    });
  },
  liar: onPage(['listDossiers'], ({ data }, url) => {
    if (url.searchParams.get('page') !== '1') data.pop();
  }),
});

import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { frontOf, whileStill } from '../../world/stillness.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'pagination/defaults',
  level: 'MUST',
  verifies: ['LG-DOS-011', 'LG-DOS-012'],
  sentence: 'Without parameters the first page of dossiers comes, in the documented size.',
  needs: [],
  check: async (world) => {
    const { contract, organization, expect } = world;
    const { size } = pageSizes(contract, 'listDossiers');
    const home = await organization();
    const look = () => frontOf(world, home, 'listDossiers');
    await home.createDossiers(plainDossiers(Math.max(0, size + 2 - (await look()).total)));
    const list = async (query: Record<string, string>) => {
      const exchange = await home.all.send('listDossiers', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    await whileStill(look, async ({ total }) => {
      const unasked = await list({});
      expectEqual(unasked.length, size, 'the number of items on a page of default size');
      expectEqual(await list({ page: '1' }), unasked, 'the ids on page 1');
      expectEqual(
        await list({ per_page: String(size) }),
        unasked,
        'the ids on a page of that size',
      );
      const second = (await list({ page: '2' })).length;
      expectEqual(second, Math.min(size, total - size), 'the number of items on page 2');
    });
  },
  liar: onPage(['listDossiers'], ({ data }, url) => {
    if (!url.searchParams.has('per_page')) data.splice(20);
  }),
});

import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { frontOf, whileStill } from '../../world/stillness.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';

export default defineRule({
  id: 'pagination/beyond-the-end',
  level: 'SHOULD',
  verifies: ['LG-GEN-022'],
  sentence: 'A page beyond the end is empty and tells the true total.',
  needs: [],
  check: async (world) => {
    const { organization, expect } = world;
    const home = await organization();
    await home.createDossiers(plainDossiers(4));
    const look = () => frontOf(world, home, 'listDossiers');
    await whileStill(look, async ({ total }) => {
      for (const page of [1, 97].map((more) => Math.ceil(total / 2) + more)) {
        const query = { page: String(page), per_page: '2' };
        const exchange = await home.all.send('listDossiers', { query });
        expect.success(exchange);
        const told = pageOf(exchange);
        expectEqual(told.items, [], 'the items beyond the end');
        expectEqual(told.total, total, 'meta.total beyond the end');
        expectEqual(told.page, page, 'meta.page beyond the end');
      }
    });
  },
  liar: refuse(404, 'not_found', (request) => request.url.includes('per_page=2')),
});

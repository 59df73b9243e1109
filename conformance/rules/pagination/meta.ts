import fc from 'fast-check';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';

export default defineRule({
  id: 'pagination/meta',
  level: 'MUST',
  verifies: ['LG-GEN-018'],
  sentence: 'The number and the size that a page shows are those that were asked for.',
  needs: [],
  check: async ({ property, organization, expect }) => {
    const home = await organization();
    await home.createDossiers(plainDossiers(6));
    await property(
      [fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })],
      async (perPage, wanted) => {
        const number = ((wanted - 1) % Math.ceil(6 / perPage)) + 1;
        const query = { page: String(number), per_page: String(perPage) };
        const exchange = await home.all.send('listDossiers', { query });
        expect.success(exchange);
        const told = pageOf(exchange);
        expectEqual(told.page ?? number, number, 'meta.page');
        expectEqual(told.perPage ?? perPage, perPage, 'meta.per_page');
      },
    );
  },
  liar: onPage(['listDossiers'], ({ meta }) => {
    meta['page'] = 1;
  }),
});

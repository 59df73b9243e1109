import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { seeInOrder } from '../../world/own-order.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'pagination/newest-first',
  level: 'SHOULD',
  verifies: ['LG-DOS-014'],
  sentence: 'Dossiers are listed in the order of creation, the latest first.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    const made = await home.createDossiers(plainDossiers(5));
    const wanted = made.map(({ id }) => id).reverse();
    const query = { per_page: '2' };
    const seen = await seeInOrder(expect, home, 'listDossiers', query, wanted);
    expectEqual(seen, wanted, 'the ids, the latest first,');
  },
  liar: onPage(['listDossiers'], ({ data }) => {
    data.reverse();
  }),
});

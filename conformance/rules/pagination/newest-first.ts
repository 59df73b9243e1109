import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'pagination/newest-first',
  level: 'SHOULD',
  verifies: ['LG-DOS-014'],
  sentence: 'Dossiers are listed in the order of creation, the latest first.',
  needs: ['fresh-organizations'],
  check: async ({ organization }) => {
    const home = await organization();
    const made = await home.createDossiers(plainDossiers(5));
    const pages = await home.walk('listDossiers', { per_page: '2' });
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expectEqual(ids, made.map(({ id }) => id).reverse(), 'the ids, the latest first,');
  },
  liar: onPage(['listDossiers'], ({ data }) => {
    data.reverse();
  }),
});

import { readContract } from '../../../openapi/contract.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { expectWholeWalks } from '../../world/whole-walks.ts';

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
  check: async (world) => {
    const { contract, organization } = world;
    const { size, maximum } = pageSizes(contract, 'listDossiers');
    const home = await organization();
    // Of one type just as many as fill pages of the default size, of the other one more.
    const made = await home.createDossiers(plainDossiers(maximum + 1));
    for (const filter of [{}, { type: 'candidate' }, { type: 'sales' }, { status: 'active' }]) {
      const passing = made.filter(({ type }) => !('type' in filter) || filter.type === type);
      const wanted = passing.map(({ id }) => id);
      const sizes = [undefined, size, 2 * size, maximum];
      await expectWholeWalks(world, home, 'listDossiers', filter, wanted, sizes);
    }
  },
  // A server that reads as many rows as a page can hold, and cuts its pages out of them.
  liar: onPage(['listDossiers'], ({ data }, url) => {
    const { maximum } = pageSizes(readContract(), 'listDossiers');
    if (
      Number(url.searchParams.get('per_page')) === maximum &&
      url.searchParams.get('page') === '2'
    ) {
      data.splice(0);
    }
  }),
});

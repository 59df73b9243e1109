import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { frontOf } from '../../world/stillness.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { pageSizes } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'pagination/maximum',
  level: 'MUST',
  verifies: ['LG-DOS-013', 'LG-GEN-018'],
  sentence: 'A page of dossiers holds as many as asked for, and never more than the maximum.',
  needs: [],
  check: async (world) => {
    const { contract, organization, expect, acceptances } = world;
    const { maximum } = pageSizes(contract, 'listDossiers');
    const home = await organization();
    const { total } = await frontOf(world, home, 'listDossiers');
    // Unlike any that were just created: a repetition may answer the first dossier (LG-DOS-032).
    const word = await anUnusedWord(world, home);
    const drafts = plainDossiers(Math.max(0, maximum + 1 - total));
    await home.createDossiers(drafts.map((one) => ({ ...one, name: `${one.name} of ${word}` })));
    const list = (perPage: number) =>
      home.all.send('listDossiers', { query: { per_page: String(perPage) } });
    for (const perPage of [1, maximum - 1, maximum]) {
      const exchange = await list(perPage);
      expect.success(exchange);
      const { items } = pageOf(exchange);
      expectEqual(items.length, perPage, `the number of items on a page of ${String(perPage)}`);
    }
    for (const perPage of [maximum + 1, maximum * 10, 0, -1]) {
      const exchange = await list(perPage);
      // Whether it is refused or put right is a decision; only more must never come.
      if (!acceptances.of('listDossiers', exchange.response.status)?.success) continue;
      const { items, perPage: told } = pageOf(exchange);
      const expected = `at most ${String(maximum)} items on a page`;
      expectThat(items.length <= maximum, expected, () => items.length);
      // There are enough dossiers to fill the first page, of whatever size it is.
      expectEqual(told ?? items.length, items.length, 'the size that was applied');
    }
  },
  liar: onPage(['listDossiers'], ({ data }, url) => {
    if (Number(url.searchParams.get('per_page')) > 50) data.splice(50);
  }),
});

import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'isolation/lists',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence: 'Whatever the filter, a list neither holds nor counts dossiers of others.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async ({ organization }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const draft = { type: 'sales', name: 'Tulp Logistics' } as const;
    const drafts = [draft, { type: 'candidate', name: 'Noor Bakker' } as const, draft];
    const foreign = await theirs.createDossiers(drafts);
    // An empty list stays one.
    const [none] = await ours.walk('listDossiers', {});
    expectEqual([none?.items, none?.total], [[], 0], 'an empty list');
    const mine = await ours.createDossier(draft);
    const filters = [
      {},
      { type: 'sales' },
      { status: 'active' },
      { stage_id: mine.current_stage_id },
      { type: 'sales', status: 'active', per_page: '1' },
    ];
    for (const query of filters) {
      const pages = await ours.walk('listDossiers', query);
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(ids, [mine.id], 'nothing but the own dossier,');
      expectEqual(pages[0]?.total, 1, 'meta.total of the own dossiers');
    }
    // How a stage of others and a page beyond the end are answered is a matter of decisions.
    for (const query of [{ stage_id: foreign[0]?.current_stage_id ?? '' }, { page: '2' }]) {
      const exchange = await ours.all.send('listDossiers', { query });
      if (exchange.response.status >= 300) continue;
      const ids = pageOf(exchange).items.map(({ id }) => id);
      const others = ids.filter((id) => id !== mine.id);
      expectEqual(others, [], 'the dossiers of others');
      expectThat(pageOf(exchange).total <= 1, 'no dossiers of others in meta.total', () => ids);
    }
  },
  // It counts everybody's.
  liar: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.has('status')) meta['total'] = Number(meta['total']) + 3;
  }),
});

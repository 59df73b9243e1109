import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'isolation/lists',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence: 'Whatever the filter, a list neither holds nor counts dossiers of others.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async ({ organization }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const draft = { type: 'sales', name: 'Tulp Logistics' } as const;
    const mine = await ours.createDossier(draft);
    await theirs.createDossiers([draft, { type: 'candidate', name: 'Noor Bakker' }, draft]);
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
  },
  // It counts everybody's.
  liar: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.has('status')) meta['total'] = Number(meta['total']) + 3;
  }),
});

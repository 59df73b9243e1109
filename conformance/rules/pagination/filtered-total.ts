import fc from 'fast-check';
import { bareDossiers } from '../../arbitraries/new-dossier.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'pagination/filtered-total',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-DOS-007'],
  sentence: 'With a filter, the pages hold and count what passes it, and nothing else.',
  needs: ['fresh-organizations'],
  check: ({ property, organization }) =>
    property(
      [
        bareDossiers({ minLength: 1, maxLength: 8 }),
        fc.constantFrom('candidate', 'sales'),
        fc.integer({ min: 1, max: 3 }),
      ],
      async (drafts, type, perPage) => {
        const home = await organization();
        const made = await home.createDossiers(drafts);
        const wanted = made.filter((dossier) => dossier.type === type).map(({ id }) => id);
        const pages = await home.walk('listDossiers', { type, per_page: String(perPage) });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expectEqual(seen.sort(), wanted.sort(), `the ids of type ${type} on all pages`);
        for (const { total } of pages) {
          expectEqual(total, wanted.length, `meta.total of type ${type}`);
        }
      },
    ),
  // A server that counts before it filters.
  liar: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.has('type')) meta['total'] = Number(meta['total']) + 1;
  }),
});

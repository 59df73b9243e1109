import fc from 'fast-check';
import { bareDossiers } from '../../arbitraries/new-dossier.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';

const sorted = (ids: readonly string[]) => [...ids].sort();

export default defineRule({
  id: 'pagination/full-walk',
  level: 'MUST',
  verifies: ['LG-GEN-017'],
  sentence: 'Walking the pages visits every dossier exactly once.',
  needs: ['fresh-organizations'],
  check: ({ property, organization }) =>
    property(
      // Sizes from 1 to 4 divide many of these totals exactly, and leave one over in others.
      [bareDossiers({ maxLength: 9 }), fc.integer({ min: 1, max: 4 })],
      async (drafts, perPage) => {
        const home = await organization();
        const made = await home.createDossiers(drafts);
        const pages = await home.walk('listDossiers', { per_page: String(perPage) });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expectEqual(sorted(seen), sorted(made.map(({ id }) => id)), 'the ids on all pages');
      },
    ),
  liar: onPage(['listDossiers'], ({ data }) => {
    data.pop();
  }),
});

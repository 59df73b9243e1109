import fc from 'fast-check';
import { bareDossiers } from '../../arbitraries/new-dossier.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'pagination/total',
  level: 'MUST',
  verifies: ['LG-GEN-014'],
  sentence: 'Each page tells how many dossiers there are on all of them.',
  needs: ['fresh-organizations'],
  check: ({ property, organization }) =>
    property(
      [bareDossiers({ maxLength: 6 }), fc.integer({ min: 1, max: 3 })],
      async (drafts, perPage) => {
        const home = await organization();
        const expectTotal = async (expected: number) => {
          for (const { total } of await home.walk('listDossiers', { per_page: String(perPage) })) {
            expectEqual(total, expected, 'meta.total');
          }
        };
        // Before and after: a number that was true once isn't enough.
        await expectTotal(0);
        await home.createDossiers(drafts);
        await expectTotal(drafts.length);
      },
    ),
  // A server that counts the page instead of the list.
  liar: onPage(['listDossiers'], ({ data, meta }) => {
    meta['total'] = data.length;
  }),
});

import { onPage } from '../../liars/answers.ts';
import { keepBook } from '../../liars/ledger.ts';
import { everyCommand, someOfEach, weighted } from '../../model/alphabet.ts';
import { aListing } from '../../model/commands/readings.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Counts the active dossiers of each type when they come, and not when they are archived. */
const countUp: Liar = (fetch, name) => {
  const counts = new Map<string, number>();
  const place = ({ headers }: Request, type: unknown) =>
    `${headers.get('authorization') ?? ''} ${String(type)}`;
  const book = keepBook(fetch, name, ({ operation, answered, request }) => {
    if (operation !== 'createDossier') return;
    for (const type of [answered['type'], null]) {
      const own = place(request, type);
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
  });
  return (request) => {
    const bend = onPage(['listDossiers'], (page, { searchParams }) => {
      if (searchParams.get('status') !== 'active' || searchParams.has('stage_id')) return;
      const counted = counts.get(place(request, searchParams.get('type'))) ?? 0;
      page.meta['total'] = Math.max(Number(page.meta['total']), counted);
    });
    return bend(book, name)(request);
  };
};

export default defineRule({
  id: 'sequences/lists-through-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-023'] as const),
    ...(['LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009', 'LG-CON-005'] as const),
  ],
  sentence:
    'By whatever filters, and on pages of whatever size, lists are as the last change left them.',
  needs: ['fresh-organizations'],
  check: (world) =>
    runSequences(world, {
      commands: weighted([3, everyCommand(world.contract)], [2, aListing(world.contract)]),
      aspects: ['lists'],
      prelude: someOfEach,
      length: 20,
    }),
  liar: countUp,
});

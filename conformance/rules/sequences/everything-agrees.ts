import { cache } from '../../liars/stale-reads.ts';
import { everyCommand, someOfEach, weighted } from '../../model/alphabet.ts';
import { aListing, aReadingOfFlows } from '../../model/commands/readings.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'sequences/everything-agrees',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-067', 'LG-DOS-068', 'LG-DOS-078', 'LG-DOS-083', 'LG-DOS-098'] as const),
    ...(['LG-CON-055', 'LG-CON-056', 'LG-CON-074', 'LG-CON-076', 'LG-CON-077'] as const),
    ...(['LG-LNK-004', 'LG-LNK-028', 'LG-NOT-001', 'LG-AUT-012'] as const),
  ],
  sentence:
    'Whatever is done, in whatever order and by whichever key, all is then as it should be.',
  needs: ['fresh-organizations'],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [8, everyCommand(world.contract)],
        [2, aListing(world.contract)],
        [1, aReadingOfFlows()],
      ),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      prelude: someOfEach,
    }),
  // A server that forgets to look again at a dossier that was archived.
  liar: cache('getDossier', ['updateDossier', 'uploadDossierCv']),
});

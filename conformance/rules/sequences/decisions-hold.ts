import { onPage } from '../../liars/answers.ts';
import { idsIn, keepBook } from '../../liars/ledger.ts';
import { everyCommand, someOfEach, weighted } from '../../model/alphabet.ts';
import { aLink, anUnlinking, aRepeatedLink } from '../../model/commands/links.ts';
import { aListing } from '../../model/commands/readings.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Gives the primary place to another when its holder is taken off. */
const appointHeirs: Liar = (fetch, name) => {
  const headless = new Set<unknown>();
  const book = keepBook(fetch, name, ({ operation, ids: [dossier] }) => {
    if (operation === 'unlinkDossierContact') headless.add(dossier);
  });
  const show = onPage(['listDossierContacts'], ({ data: [heir, ...others] }, url) => {
    const vacant = ![heir, ...others].some((one) => one?.['is_primary']);
    if (heir && vacant && headless.has(idsIn(url.href)[0])) heir['is_primary'] = true;
  });
  return show(book, name);
};

export default defineRule({
  id: 'sequences/decisions-hold',
  level: 'SHOULD',
  verifies: [
    ...(['LG-DOS-056', 'LG-DOS-063', 'LG-DOS-086', 'LG-DOS-087', 'LG-DOS-099'] as const),
    ...(['LG-DOS-100', 'LG-DOS-101', 'LG-CON-054', 'LG-CON-073', 'LG-CON-079'] as const),
    ...(['LG-LNK-017', 'LG-LNK-023', 'LG-LNK-025', 'LG-LNK-026', 'LG-LNK-031'] as const),
  ],
  sentence:
    'What is decided holds in whatever order things are done, and for archived dossiers too.',
  needs: ['fresh-organizations'],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [6, everyCommand(world.contract)],
        [1, aLink(world.contract)],
        [1, aRepeatedLink(world.contract)],
        [2, anUnlinking()],
        [1, aListing(world.contract)],
      ),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      prelude: someOfEach,
      decided: true,
      most: 8,
    }),
  liar: appointHeirs,
});

import { keepBook } from '../../liars/ledger.ts';
import { onLinked } from '../../liars/links.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aDeletion } from '../../model/commands/contacts.ts';
import { anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aLink, anUnlinking } from '../../model/commands/links.ts';
import { aNewDossier } from '../../model/commands/new-dossiers.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Hides the links that were undone, and finds them again with the place that they had. */
const reviveLinks: Liar = (fetch, name) => {
  const primary = new Set<string>();
  const revived = new Set<string>();
  const undone = new Set<string>();
  const show = onLinked((item, _, dossier) => {
    const link = `${dossier} ${String(item['contact_id'])}`;
    item['is_primary'] ||= revived.has(link);
    if (item['is_primary'] === true) primary.add(link);
  });
  const book = keepBook(fetch, name, ({ operation, ids, answered, sent }) => {
    const contact = operation === 'linkDossierContact' ? sent['contact_id'] : ids[1];
    const link = `${String(ids[0])} ${String(contact)}`;
    if (operation === 'unlinkDossierContact') undone.add(link);
    if (operation !== 'linkDossierContact') return;
    if (undone.has(link) && primary.has(link)) revived.add(link);
    if (answered['is_primary'] === true) primary.add(link);
  });
  return show(book, name);
};

export default defineRule({
  id: 'sequences/one-primary-through-changes',
  level: 'MUST',
  verifies: ['LG-LNK-016', 'LG-LNK-019', 'LG-LNK-020', 'LG-LNK-021', 'LG-LNK-022'],
  sentence: 'A dossier has the primary contact that was last made so, and never two.',
  needs: [],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [6, aLink(world.contract)],
        [5, anUnlinking()],
        [1, aNewDossier()],
        [1, aDeletion()],
        [1, anArchiving()],
        [1, aStatusChange(world.contract)],
      ),
      aspects: ['links', 'primaries'],
      // One dossier, so that all that happens bears on the same place.
      prelude: someOfEach.slice(0, 3),
      most: 8,
    }),
  liar: reviveLinks,
});

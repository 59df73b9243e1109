import { onPage } from '../../liars/answers.ts';
import { idsIn, keepBook } from '../../liars/ledger.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aDeletion } from '../../model/commands/contacts.ts';
import { aMove, anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aNote } from '../../model/commands/notes.ts';
import { aReading } from '../../model/commands/readings.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Forgets the notes that a dossier got before it was archived and then restored. */
const startAnew: Liar = (fetch, name) => {
  const archived = new Set<unknown>();
  const restored = new Set<unknown>();
  const bend = onPage(['listDossierNotes'], (page, url) => {
    if (restored.has(idsIn(url.href)[0])) page.data.splice(0, 1);
  });
  const book = keepBook(fetch, name, ({ operation, ids: [id], sent }) => {
    if (operation === 'archiveDossier' || sent['status'] === 'archived') archived.add(id);
    else if (sent['status'] !== undefined && archived.has(id)) restored.add(id);
  });
  return bend(book, name);
};

export default defineRule({
  id: 'sequences/notes-through-changes',
  level: 'MUST',
  verifies: ['LG-NOT-001', 'LG-NOT-002', 'LG-NOT-007', 'LG-NOT-008', 'LG-NOT-012'],
  sentence: 'A dossier keeps each of its notes, in their order, whatever happens to it.',
  needs: [],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [6, aNote()],
        [4, aStatusChange(world.contract)],
        [3, anArchiving()],
        [1, aMove()],
        [1, aDeletion()],
        [1, aReading()],
      ),
      aspects: ['notes'],
      prelude: someOfEach,
    }),
  liar: startAnew,
});

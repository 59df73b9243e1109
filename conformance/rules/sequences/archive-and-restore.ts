import { alsoChange, keepBook } from '../../liars/ledger.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aChange, anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aLink, anUnlinking } from '../../model/commands/links.ts';
import { aNote } from '../../model/commands/notes.ts';
import { aReading } from '../../model/commands/readings.ts';
import { anUpload } from '../../model/commands/uploads.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Copies the name into the archive once, and restores it from there however often it changed. */
const restoreFirstCopy: Liar = (fetch, name) => {
  const names = new Map<unknown, unknown>();
  const copies = new Map<unknown, unknown>();
  return keepBook(fetch, name, async (deed) => {
    const { operation, ids, sent, answered } = deed;
    const id = ids[0] ?? answered['id'];
    if (typeof sent['name'] === 'string') names.set(id, sent['name']);
    const status = operation === 'archiveDossier' ? 'archived' : sent['status'];
    if (status === 'archived' && !copies.has(id)) copies.set(id, names.get(id));
    else if (status === 'active' && copies.get(id) !== undefined) {
      await alsoChange(deed, `/dossiers/${String(id)}`, { name: copies.get(id) });
    }
  });
};

export default defineRule({
  id: 'sequences/archive-and-restore',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-008', 'LG-DOS-093', 'LG-DOS-095', 'LG-DOS-096', 'LG-DOS-097'] as const),
    'LG-DOS-098',
  ],
  sentence: 'However often a dossier is archived and restored, it is then what it was before.',
  needs: ['fresh-organizations'],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [4, anArchiving()],
        [5, aStatusChange(world.contract)],
        [5, aChange()],
        [1, aLink(world.contract)],
        [1, anUnlinking()],
        [1, aNote()],
        [1, anUpload()],
        [1, aReading()],
      ),
      aspects: ['fields', 'links', 'primaries', 'notes', 'lists'],
      // One dossier, so that all that happens bears on it.
      prelude: someOfEach.slice(0, 3),
      most: 8,
    }),
  liar: restoreFirstCopy,
});

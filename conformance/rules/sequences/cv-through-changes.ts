import { alsoChange, keepBook } from '../../liars/ledger.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aChange, anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aFailure } from '../../model/commands/failures.ts';
import { aNewDossier } from '../../model/commands/new-dossiers.ts';
import { aReading } from '../../model/commands/readings.ts';
import { anUpload, aVainUpload } from '../../model/commands/uploads.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Names a dossier after the file whenever it gets another CV. */
const nameAfterFile: Liar = (fetch, name) => {
  const known = new Set<unknown>();
  return keepBook(fetch, name, async (deed) => {
    const { operation, ids } = deed;
    if (operation !== 'uploadDossierCv') return;
    const [id] = ids;
    if (known.has(id)) await alsoChange(deed, `/dossiers/${String(id)}`, { name: 'cv.pdf' });
    known.add(id);
  });
};

export default defineRule({
  id: 'sequences/cv-through-changes',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-010', 'LG-CV-011', 'LG-CV-012', 'LG-CV-014', 'LG-CV-024'],
  sentence:
    'Uploads give dossiers a CV and change nothing else, and those that fail change nothing.',
  needs: ['fresh-organizations', 'faults'],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [6, anUpload()],
        [2, aVainUpload()],
        [2, aFailure()],
        [2, aNewDossier()],
        [3, aChange()],
        [1, aStatusChange(world.contract)],
        [1, anArchiving()],
        [1, aReading()],
      ),
      aspects: ['fields', 'lists'],
      prelude: someOfEach,
      length: 20,
    }),
  liar: nameAfterFile,
});

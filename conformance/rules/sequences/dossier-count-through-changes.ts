import { onData } from '../../liars/answers.ts';
import { keepBook } from '../../liars/ledger.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aDeletion } from '../../model/commands/contacts.ts';
import { anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aLink, anUnlinking, aVainUnlinking } from '../../model/commands/links.ts';
import { aNewDossier } from '../../model/commands/new-dossiers.ts';
import { aReading } from '../../model/commands/readings.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Keeps a counter, and forgets about it when a dossier that once was archived loses a contact. */
const miscount: Liar = (fetch, name) => {
  const archived = new Set<unknown>();
  const surplus = new Map<unknown, number>();
  const bend = onData(['getContact', 'listContacts'], (contact) => {
    const extra = surplus.get(contact['id']) ?? 0;
    contact['dossier_count'] = Number(contact['dossier_count']) + extra;
  });
  const book = keepBook(fetch, name, ({ operation, ids: [dossier, contact], answered }) => {
    const gone = operation === 'archiveDossier' || answered['status'] === 'archived';
    if (gone) archived.add(dossier);
    const lost = operation === 'unlinkDossierContact' && archived.has(dossier);
    if (lost) surplus.set(contact, (surplus.get(contact) ?? 0) + 1);
  });
  return bend(book, name);
};

export default defineRule({
  id: 'sequences/dossier-count-through-changes',
  level: 'MUST',
  verifies: ['LG-CON-053', 'LG-CON-003'],
  sentence:
    'Each contact tells on how many dossiers it is, whatever happens to them and to others.',
  needs: [],
  check: (world) =>
    runSequences(world, {
      commands: weighted(
        [2, aNewDossier()],
        [3, aLink(world.contract)],
        [3, anUnlinking()],
        [1, aVainUnlinking()],
        [1, aDeletion()],
        [2, anArchiving()],
        [2, aStatusChange(world.contract)],
        [1, aReading()],
      ),
      aspects: ['counts'],
      prelude: someOfEach,
    }),
  liar: miscount,
});

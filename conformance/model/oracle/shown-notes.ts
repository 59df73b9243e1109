import { expectEqual, expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';
import type { Note } from '../../world/notes.ts';
import type { DossierFacts, NoteFacts } from './oracle.ts';

/**
 * A dossier lists its notes, each as it was added, the oldest first. Those of one moment may come in
 * any order (LG-NOT-003).
 */
export const expectNotes = ({ id, notes }: DossierFacts, shown: readonly Note[]): void => {
  const ids = (list: readonly { readonly id: string }[]) => list.map((note) => note.id).sort();
  expectEqual(ids(shown), ids(notes), `the notes of the dossier ${id}`);
  for (const note of shown) {
    const known = notes.find((one) => one.id === note.id);
    expectEqual(toldOf(note), known && toldOf(known), `the note ${note.id}`);
    expectEqual(note.dossier_id, id, `the dossier_id of the note ${note.id}`);
  }
  for (const [index, note] of shown.slice(1).entries()) {
    const earlier = shown[index] as Note;
    const step = instantOf(note.created_at) - instantOf(earlier.created_at);
    const ascending = `the notes of the dossier ${id} by ascending created_at`;
    expectThat(!(step < 0), ascending, () => [earlier, note]);
    const rank = ({ id: one }: Note) => notes.findIndex((known) => known.id === one);
    const added = step === 0 || rank(earlier) < rank(note);
    expectThat(added, `the note that was added last at the end of ${id}`, () => [earlier, note]);
  }
};

const toldOf = ({ content, is_internal }: NoteFacts | Note) => ({
  content: content.normalize('NFC'),
  is_internal,
});

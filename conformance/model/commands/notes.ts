import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import type { NewNote, Note } from '../../world/notes.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { ordinal, told, untouched, type Command } from '../command.ts';
import { reasonsAgainstWork } from '../oracle/dossiers.ts';
import { attempt } from '../session.ts';
import { aDossierNumber, onDossier } from './dossiers.ts';

const addNote = (number: number, draft: NewNote): Command =>
  onDossier(
    `add to dossier ${ordinal(number)} the note {${told(draft)}}`,
    number,
    async (session, dossier) => {
      const { id } = dossier;
      const excuses = reasonsAgainstWork(session.oracle, dossier);
      const request = { path: { id }, body: draft };
      const exchange = await attempt(session, 'createDossierNote', request, excuses);
      if (!exchange) return untouched;
      const note = dataOf(exchange.json) as Note;
      const { content, is_internal = true } = draft;
      if (session.aspects.has('notes')) {
        const there = dossier.notes.some((one) => one.id === note.id);
        expectEqual(there, false, `whether note ${note.id} was there before:`);
        expectEqual(note.is_internal, is_internal, `is_internal of the note ${note.id}`);
      }
      dossier.notes.push({ id: note.id, content, is_internal });
      return { dossiers: [id] };
    },
  );

export const aNote = (): fc.Arbitrary<Command> => {
  const draft = fc.record(
    { content: aText(), is_internal: fc.boolean() },
    { requiredKeys: ['content'] },
  );
  return fc
    .tuple(aDossierNumber(), fc.noShrink(draft))
    .map(([number, note]) => addNote(number, note));
};

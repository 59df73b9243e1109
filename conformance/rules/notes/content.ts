import fc from 'fast-check';
import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, notesOn } from '../../world/notes.ts';

/** Texts of one line or of several. */
const aTalk = () =>
  fc
    .array(aText(), { minLength: 1, maxLength: 3 })
    .chain((lines) => fc.constantFrom('\n', '\n\n', '\n- ').map((between) => lines.join(between)));

export default defineRule({
  id: 'notes/content',
  level: 'MUST',
  verifies: ['LG-NOT-008', 'LG-GEN-039'],
  sentence: 'The text of a note is answered as it was sent, in any script and of several lines.',
  needs: [],
  check: async (world) => {
    const keep = async (contents: readonly string[]) => {
      const home = await world.organization();
      const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
      const added = new Map<string, string>();
      for (const content of contents) {
        const note = await addNote(world, home, id, { content });
        expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the content');
        added.set(note.id, content);
      }
      for (const note of await notesOn(world, home, id)) {
        const content = added.get(note.id) ?? note.content;
        expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the listed content');
        added.delete(note.id);
      }
      expectEqual([...added.keys()], [], 'the notes that the list lacks');
    };
    // A few lines each: how long a text may be is a matter of decisions.
    await keep(['Two  blanks\n\nand a line', '\u2014 first line\n\n\nlast line \u2014']);
    await keep(['0', 'null', '2026-05-04', '[]']);
    const pairs = awkwardTexts.map((text, index) => `${text}\n${awkwardTexts[index - 1] ?? ''}`);
    await keep(pairs.filter((_, index) => index % 2 === 1));
    await world.property([aTalk()], (content) => keep([content]));
  },
  // A server that writes the text for a page of HTML.
  liar: onSent(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).replaceAll('&', '&amp;').replaceAll('\n', '<br>'),
  })),
});

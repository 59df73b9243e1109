import { keepWithoutFile } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aCv, createByForm, formOf, type FilePart } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';

const encoder = new TextEncoder();

/** Files that a server may refuse for what they are. */
const strange: readonly FilePart[] = [
  aCv(encoder.encode('\u0089PNG\r\n\u001a\n')),
  aCv(encoder.encode('%PDF-1.4 cut off')),
  { ...aCv(encoder.encode('<!doctype html>')), name: 'cv.html', type: 'text/html' },
  { ...aCv(encoder.encode('A letter')), name: 'cv.docx', type: 'application/msword' },
  { ...aCv(pdf()), name: 'cv.exe', type: 'application/octet-stream' },
  aCv(new Uint8Array()),
];

export default defineRule({
  id: 'cv/refused-file',
  level: 'MUST',
  verifies: ['LG-CV-006'],
  sentence: 'Where a file is refused, whatever the reason, no dossier is left behind.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await anUnusedWord(world, home);
    for (const [index, file] of strange.entries()) {
      const name = `With strange file ${String(index + 1)} of ${word}`;
      const form = formOf({ type: 'candidate', name }, file);
      const { response } = await home.all.send('createDossier', { body: form });
      // Which files are taken is a matter of decisions.
      if (response.status >= 400) await expectNoneNamed(world, home, name);
      const twin = formOf({ type: 'candidate', name: `${name}, mended` }, aCv());
      await createByForm(world, home, twin);
    }
  },
  liar: keepWithoutFile,
});

import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addFile, aCv } from '../../world/forms.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploadForm } from '../../world/uploads.ts';

/** Forms with everything but the field that counts. */
const forms = (): FormData[] => {
  const [empty, text, file, like] = [
    new FormData(),
    new FormData(),
    new FormData(),
    new FormData(),
  ];
  text.set('name', 'cv');
  addFile(file, 'file', aCv());
  addFile(like, 'CV[]', aCv());
  return [text, file, like, empty];
};

export default defineRule({
  id: 'cv/upload-without-field',
  level: 'MUST',
  verifies: ['LG-CV-024', 'LG-ERR-013'],
  sentence: 'An upload by a form without the field cv is refused, and gives no CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get no CV at first' });
    for (const body of forms()) {
      world.expect.refusal(await home.all.send('uploadDossierCv', { path: { id }, body }), 400);
      const { cv_url } = await retrieve(world, home, id);
      expectEqual(cv_url ?? null, null, 'cv_url');
    }
    await uploadForm.succeed(world, home, id, aCv());
    // The one that the dossier has by now is no answer to them either.
    for (const body of forms()) {
      world.expect.refusal(await home.all.send('uploadDossierCv', { path: { id }, body }), 400);
    }
  },
  // A server that takes any file for the CV.
  liar: onForm(['uploadDossierCv'], (form) => {
    const file = fileIn(form, 'file');
    if (file) form.set('cv', file);
    return form;
  }),
});

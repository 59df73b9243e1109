import fc from 'fast-check';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploadForm } from '../../world/uploads.ts';

const fileNames = ['cv.pdf', 'My CV (2).pdf', 'Résumé Zoë.pdf', 'CV.final.PDF'];

export default defineRule({
  id: 'cv/upload-form',
  level: 'MUST',
  verifies: ['LG-CV-010', 'LG-CV-012'],
  sentence: 'A form with a PDF gives a dossier a CV, and the answer tells its id and the address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const aSize = fc.integer({ min: 600, max: 200_000 });
    await world.property(
      [aSize, fc.constantFrom(...fileNames), fc.constantFrom('1.4', '1.7', '2.0')],
      async (size, name, version) => {
        const { id } = await home.createDossier({ type: 'candidate', name: 'To get a CV' });
        const file = { ...aCv(pdf(size, version)), name };
        const answered = await uploadForm.succeed(world, home, id, file);
        expectEqual(answered.id, id, 'the id in the answer to the upload');
        const { cv_url } = answered;
        const told = typeof cv_url === 'string' && cv_url !== '';
        expectThat(told, 'cv_url in the answer to the upload', () => answered);
      },
    );
  },
  // A server that stores the file, and tells nobody where.
  liar: onData(['uploadDossierCv'], (dossier) => {
    delete dossier['cv_url'];
  }),
});

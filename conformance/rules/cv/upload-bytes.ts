import fc from 'fast-check';
import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploadBytes } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-bytes',
  level: 'MUST',
  verifies: ['LG-CV-011', 'LG-CV-012'],
  sentence: 'The bytes of a PDF give a dossier a CV, and the answer tells its id and the address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const aSize = fc.integer({ min: 600, max: 200_000 });
    await world.property([aSize, fc.constantFrom('1.4', '1.7', '2.0')], async (size, version) => {
      const { id } = await home.createDossier({ type: 'candidate', name: 'To get a CV' });
      const answered = await uploadBytes.succeed(world, home, id, aCv(pdf(size, version)));
      expectEqual(answered.id, id, 'the id in the answer to the upload');
      const { cv_url } = answered;
      const told = typeof cv_url === 'string' && cv_url !== '';
      expectThat(told, 'cv_url in the answer to the upload', () => answered);
    });
  },
  // A server that takes forms only.
  liar: refuse(
    400,
    'invalid_body',
    ({ headers }) => headers.get('content-type') === 'application/pdf',
  ),
});

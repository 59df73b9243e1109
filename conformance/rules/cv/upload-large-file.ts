import { refuseLarge } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-large-file',
  level: 'MUST',
  verifies: ['LG-CV-017'],
  sentence: 'A dossier takes a PDF as large as documented.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get a large CV' });
    const file = aCv(pdf(cvLimits(world.contract).least));
    for (const upload of uploads) {
      const { cv_url } = await upload.succeed(world, home, id, file);
      expectThat(Boolean(cv_url), `cv_url after ${upload.name}`, () => cv_url);
    }
  },
  liar: refuseLarge(5_000_000),
});

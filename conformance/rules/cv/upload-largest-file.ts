import { refuseLarge } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-largest-file',
  level: 'SHOULD',
  verifies: ['LG-CV-019', 'LG-CV-020'],
  sentence: 'An upload may have 10 times 1024 times 1024 bytes, and one more makes a bad body.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { most } = cvLimits(world.contract);
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get the largest CV' });
    for (const upload of uploads) {
      world.expect.refusal(await upload.send(home, id, aCv(pdf(most + 1))), 400);
      await upload.succeed(world, home, id, aCv(pdf(most)));
    }
  },
  liar: refuseLarge(10_200_000),
});

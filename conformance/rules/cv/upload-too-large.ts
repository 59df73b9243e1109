import { cutFiles } from '../../liars/uploads.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-too-large',
  level: 'MUST',
  verifies: ['LG-CV-018'],
  sentence: 'A dossier is given no file that is too large.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { least, most } = cvLimits(world.contract);
    for (const upload of uploads) {
      const draft = { type: 'candidate' as const, name: `For too large a CV in ${upload.name}` };
      const { id } = await home.createDossier(draft);
      const refused = await upload.send(home, id, aCv(pdf(most + 1)));
      expectPermittedRefusal(world, refused, ['LG-CV-020']);
      const { cv_url } = await retrieve(world, home, id);
      expectEqual(cv_url ?? null, null, 'cv_url after a refusal');
      await upload.succeed(world, home, id, aCv(pdf(least)));
    }
  },
  // A server that stores as much of a file as there is room for.
  liar: cutFiles(10_000_000),
});

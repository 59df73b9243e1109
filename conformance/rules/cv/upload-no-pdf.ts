import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploads } from '../../world/uploads.ts';

const encoder = new TextEncoder();

/** A picture, a page, a PDF that doesn't begin as one, three bytes, and none. */
const impostors = ['\u0089PNG\r\n\u001a\n', '<!doctype html><p>%PDF-1.4', ' %PDF-1.4\n', '%PD', ''];

export default defineRule({
  id: 'cv/upload-no-pdf',
  level: 'SHOULD',
  verifies: ['LG-CV-021', 'LG-CV-023'],
  sentence: 'An upload that is no PDF by its first bytes, or has none, is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const upload of uploads) {
      const name = `For ${upload.name} without a PDF`;
      const { id } = await home.createDossier({ type: 'candidate', name });
      for (const text of impostors) {
        const file = aCv(encoder.encode(text));
        world.expect.refusal(await upload.send(home, id, file), 400);
      }
      const { cv_url } = await retrieve(world, home, id);
      expectEqual(cv_url ?? null, null, 'cv_url');
      await upload.succeed(world, home, id, aCv());
    }
  },
  liar: refuseNot(400),
});

import { dropFirst } from '../../liars/uploads.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-failed',
  level: 'SHOULD',
  verifies: ['LG-CV-029'],
  sentence: 'An upload that the server fails to store leaves an earlier CV in place.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(world, home, formOf(draft, aCv()));
    const { cv_url: before } = await retrieve(world, home, id);
    expectThat(Boolean(before), 'cv_url of the dossier by its id', () => before);
    for (const { send, succeed } of uploads) {
      await home.failNext('upload');
      const { response } = await send(home, id, aCv());
      const failed = response.status >= 500;
      expectThat(failed, 'an answer that the upload failed', () => response.status);
      expectEqual((await retrieve(world, home, id)).cv_url, before, 'cv_url as before,');
      await succeed(world, home, id, aCv());
    }
  },
  liar: dropFirst(),
});

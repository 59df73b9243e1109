import { doAnyway } from '../../liars/failures.ts';
import { defineRule } from '../../rule.ts';
import { uploadForm } from '../../world/uploads.ts';
import { expectNone } from '../../world/absence.ts';
import { distinct, eventsSince, letPass, listen } from '../../world/events.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'webhooks/failed-creation',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'A creation that is rolled back, as its file was not stored, sends no events.',
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const form = () => formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get a CV' });
    const first = await letPass(home, inbox);
    const before = distinct(inbox).length;
    await home.failNext('upload');
    const { response } = await home.all.send('createDossier', { body: form() });
    expectThat(response.status >= 400, 'a failure', () => response.status);
    await home.failNext('upload');
    const upload = await uploadForm.send(home, id, aCv());
    expectThat(upload.response.status >= 400, 'a failure', () => upload.response.status);
    const marker = await letPass(home, inbox);
    // What the two creations before have caused may come late, and out of order (LG-WEB-040).
    const found = eventsSince(inbox, before, marker).filter(({ event }) => {
      const about = event?.data?.['id'];
      return about !== first && (about !== id || event?.type === 'dossier.updated');
    });
    await expectNone(world, inbox, found, 'no event because of what was rolled back');
    // The twin: the same creation, when nothing fails.
    await createByForm(world, home, form());
  },
  // A server that stores the file last, and leaves it at that.
  liar: doAnyway(500),
});

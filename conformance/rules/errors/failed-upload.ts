import { refuseOtherwise } from '../../liars/other-refusals.ts';
import { defineRule } from '../../rule.ts';
import { aCv, formOf } from '../../world/forms.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'errors/failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-009'],
  sentence: 'A file that the server fails to store is answered 500 internal.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const form = () => formOf({ type: 'candidate', name: 'Iris Smit' }, aCv());
    const ways = [
      () => home.all.send('createDossier', { body: form() }),
      ...uploads.map(
        ({ send }) =>
          () =>
            send(home, id, aCv()),
      ),
    ];
    for (const send of ways) {
      await home.failNext('upload');
      world.expect.refusal(await send(), 500);
      world.expect.success(await send());
    }
  },
  liar: refuseOtherwise('uploadDossierCv', 500, 503, 'storage_unavailable'),
});

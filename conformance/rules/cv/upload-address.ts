import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The address of a CV is the same for each upload, whatever the file is called.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'With one address' };
    const { id, cv_url: address } = await createByForm(world, home, formOf(draft, aCv()));
    const form = new RegExp(`^[^/]+/dossiers/${id}/cv\\.pdf$`);
    expectThat(form.test(address ?? ''), 'an organisation, the dossier and cv.pdf', () => address);
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      for (const upload of uploads) {
        const { cv_url } = await upload.succeed(world, home, id, { ...aCv(), name });
        expectEqual(cv_url, address, 'the same address,');
      }
    }
  },
  // A server that counts the versions of a CV.
  liar: onData(['uploadDossierCv'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace('cv.pdf', 'cv-2.pdf');
  }),
});

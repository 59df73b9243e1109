import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { addFile, aCv } from '../../world/forms.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';
import { cvForm, uploadForm } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-odd-forms',
  level: 'SHOULD',
  verifies: ['LG-CV-025', 'LG-CV-026', 'LG-CV-027', 'LG-GEN-033'],
  sentence: 'A form for a CV has one file in its field, and its other fields are ignored.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'For odd forms' });
    const send = (body: FormData) => home.all.send('uploadDossierCv', { path: { id }, body });
    const texts = ['%PDF-1.4\n%%EOF', 'cv.pdf', ''].map((text) => {
      const form = new FormData();
      form.set('cv', text);
      return form;
    });
    for (const form of [...texts, cvForm(aCv(), aCv())]) {
      world.expect.refusal(await send(form), 400);
    }
    await uploadForm.succeed(world, home, id, aCv());
    const more = cvForm(aCv());
    addFile(more, 'photo', { ...aCv(), name: 'photo.pdf' });
    more.set('name', 'Renamed by a form');
    const exchange = await send(more);
    world.expect.success(exchange);
    const { cv_url } = dataOf(exchange.json) as Dossier;
    expectThat(Boolean(cv_url), 'cv_url with other fields beside it', () => cv_url);
    expectEqual((await retrieve(world, home, id)).name, 'For odd forms', 'the name');
  },
  // A server to which the last file counts.
  liar: onForm(['uploadDossierCv'], (form) => {
    form.set('cv', form.getAll('cv').at(-1) ?? '');
    return form;
  }),
});

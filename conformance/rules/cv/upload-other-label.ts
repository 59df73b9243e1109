import { strangeLabels } from '../../arbitraries/file-labels.ts';
import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { uploadForm } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-other-label',
  level: 'SHOULD',
  verifies: ['LG-CV-022'],
  sentence: 'A PDF is uploaded by a form whatever its name and its type are.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'With a strange CV' });
    for (const label of strangeLabels) {
      const { cv_url } = await uploadForm.succeed(world, home, id, { ...aCv(), ...label });
      expectThat(Boolean(cv_url), `cv_url for ${label.name}`, () => cv_url);
    }
  },
  // A server that goes by the name.
  liar: onForm(['uploadDossierCv'], (form) => {
    if (!fileIn(form, 'cv')?.name.endsWith('.pdf')) form.delete('cv');
    return form;
  }),
});

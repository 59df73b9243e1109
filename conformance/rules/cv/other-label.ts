import { strangeLabels } from '../../arbitraries/file-labels.ts';
import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/other-label',
  level: 'SHOULD',
  verifies: ['LG-CV-022'],
  sentence: 'A file that is a PDF by its first bytes is taken, whatever its name and its type.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const label of strangeLabels) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, { ...aCv(), ...label });
      const { cv_url } = await createByForm(world, home, form);
      expectThat(Boolean(cv_url), `cv_url for ${label.name}`, () => cv_url);
    }
  },
  // A server that goes by the name, and takes nothing for a CV that isn't called a PDF.
  liar: onForm(['createDossier'], (form) => {
    if (!fileIn(form, 'cv')?.name.endsWith('.pdf')) form.delete('cv');
    return form;
  }),
});

import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

const labels = [
  { name: 'cv.docx', type: 'application/pdf' },
  { name: 'cv', type: 'application/octet-stream' },
  { name: 'Lebenslauf 履歴書 "final".PDF', type: 'text/plain' },
  { name: '../../cv.pdf', type: '' },
];

export default defineRule({
  id: 'cv/other-label',
  level: 'SHOULD',
  verifies: ['LG-CV-022'],
  sentence: 'A file that is a PDF by its first bytes is taken, whatever its name and its type.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const label of labels) {
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

import { refuseLarge } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';

export default defineRule({
  id: 'cv/large-file',
  level: 'MUST',
  verifies: ['LG-CV-017'],
  sentence: 'A PDF as large as documented is taken.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const file = aCv(pdf(cvLimits(world.contract).least));
    const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    const { cv_url } = await createByForm(world, home, form);
    expectThat(Boolean(cv_url), 'cv_url in the answer to the creation', () => cv_url);
  },
  liar: refuseLarge(5_000_000),
});

import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/both-types',
  level: 'MUST',
  verifies: ['LG-CV-030'],
  sentence: 'Dossiers of both types take a CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const form = formOf({ type, name: 'Noor Bakker' }, aCv());
      const { cv_url } = await createByForm(world, home, form);
      expectThat(Boolean(cv_url), `cv_url of a dossier of type ${type}`, () => cv_url);
    }
  },
  liar: onForm(['createDossier'], (form) => {
    if (form.get('type') === 'sales') form.delete('cv');
    return form;
  }),
});

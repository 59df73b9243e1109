import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/two-files',
  level: 'SHOULD',
  verifies: ['LG-CV-026'],
  sentence: 'More than one CV at once is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const body = formOf(draft, aCv(), aCv());
    world.expect.refusal(await home.all.send('createDossier', { body }), 400);
    await createByForm(world, home, formOf(draft, aCv()));
  },
  // A server to which the last one counts.
  liar: onForm(['createDossier'], (form) => {
    form.set('cv', form.getAll('cv').at(-1) ?? '');
    return form;
  }),
});

import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/text-for-file',
  level: 'SHOULD',
  verifies: ['LG-CV-025'],
  sentence: 'Text in the place of a file is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    for (const text of ['%PDF-1.4\n%%EOF', 'cv.pdf', '']) {
      const form = formOf(draft);
      form.set('cv', text);
      world.expect.refusal(await home.all.send('createDossier', { body: form }), 400);
    }
    await createByForm(world, home, formOf(draft, aCv()));
  },
  liar: onForm(['createDossier'], (form) => {
    if (typeof form.get('cv') === 'string') form.delete('cv');
    return form;
  }),
});

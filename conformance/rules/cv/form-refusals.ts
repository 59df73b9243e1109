import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/form-refusals',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-029', 'LG-DOS-030'],
  sentence: 'A form needs a name and a documented type, as JSON does.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const form = () => formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    const [nameless, typeless, other] = [form(), form(), form()];
    nameless.delete('name');
    typeless.delete('type');
    other.set('type', 'lead');
    for (const body of [nameless, typeless, other]) {
      world.expect.refusal(await home.all.send('createDossier', { body }), 400);
    }
    await createByForm(world, home, form());
  },
  liar: onForm(['createDossier'], (form) => {
    if (form.get('type') !== 'sales') form.set('type', 'candidate');
    return form;
  }),
});

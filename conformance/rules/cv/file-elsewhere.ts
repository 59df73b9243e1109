import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { addFile, aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/file-elsewhere',
  level: 'SHOULD',
  verifies: ['LG-CV-027'],
  sentence: 'Files in other fields of a form are ignored.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const [alone, beside] = [formOf(draft), formOf(draft, aCv())];
    for (const form of [alone, beside]) addFile(form, 'photo', { ...aCv(), name: 'photo.pdf' });
    const { cv_url: none } = await createByForm(world, home, alone);
    expectEqual(none ?? null, null, 'cv_url with a file in another field');
    const { cv_url: one } = await createByForm(world, home, beside);
    expectThat(Boolean(one), 'cv_url with a CV beside it', () => one);
  },
  // A server that takes any file for the CV.
  liar: onForm(['createDossier'], (form) => {
    form.set('cv', fileIn(form, 'photo') ?? '');
    return form;
  }),
});

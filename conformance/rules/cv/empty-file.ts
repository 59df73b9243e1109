import { fileIn, onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/empty-file',
  level: 'SHOULD',
  verifies: ['LG-CV-023'],
  sentence: 'An empty file is refused, and leaves no dossier behind.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await anUnusedWord(world, home);
    const [refused, taken] = [`With an empty file ${word}`, 'With a PDF'];
    const empty = formOf({ type: 'candidate', name: refused }, aCv(new Uint8Array()));
    world.expect.refusal(await home.all.send('createDossier', { body: empty }), 400);
    await expectNoneNamed(world, home, refused);
    await createByForm(world, home, formOf({ type: 'candidate', name: taken }, aCv()));
  },
  // A server to which an empty file is none.
  liar: onForm(['createDossier'], (form) => {
    if (fileIn(form, 'cv')?.size === 0) form.delete('cv');
    return form;
  }),
});

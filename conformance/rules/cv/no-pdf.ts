import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

const encoder = new TextEncoder();

/** A picture, a page, a PDF that doesn't begin as one, and three bytes. */
const impostors = ['\u0089PNG\r\n\u001a\n', '<!doctype html><p>%PDF-1.4', ' %PDF-1.4\n', '%PD'];

export default defineRule({
  id: 'cv/no-pdf',
  level: 'SHOULD',
  verifies: ['LG-CV-021'],
  sentence: 'A file that is no PDF by its first bytes is refused, whatever it says that it is.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await anUnusedWord(world, home);
    const [refused, taken] = [`With no PDF ${word}`, 'With a PDF'];
    for (const text of impostors) {
      const form = formOf({ type: 'candidate', name: refused }, aCv(encoder.encode(text)));
      world.expect.refusal(await home.all.send('createDossier', { body: form }), 400);
    }
    await expectNoneNamed(world, home, refused);
    await createByForm(world, home, formOf({ type: 'candidate', name: taken }, aCv()));
  },
  liar: refuseNot(400),
});

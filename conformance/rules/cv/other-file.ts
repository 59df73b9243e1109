import { takeOtherFiles } from '../../liars/other-files.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { expectFileRefused, otherFiles, unlabelledForm } from '../../world/other-files.ts';

export default defineRule({
  id: 'cv/other-file',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-033'],
  sentence:
    'A creation with a file that is no PDF by its label and its bytes is refused, and makes none.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await anUnusedWord(world, home);
    const draft = (name: string) => ({ type: 'candidate' as const, name });
    const offences: readonly ((name: string) => RawRequest)[] = [
      ...otherFiles.map((file) => (name: string) => ({ body: formOf(draft(name), file) })),
      (name) => unlabelledForm(draft(name)),
    ];
    for (const [index, offence] of offences.entries()) {
      const name = `With other file ${String(index + 1)} of ${word}`;
      expectFileRefused(world, await home.all.send('createDossier', offence(name)));
      await expectNoneNamed(world, home, name);
      await createByForm(world, home, formOf(draft(`${name}, mended`), aCv()));
    }
  },
  liar: takeOtherFiles('createDossier'),
});

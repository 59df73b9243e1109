import fc from 'fast-check';
import { keepWithoutFile } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'cv/too-large',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-018'],
  sentence: 'A file that is too large to be stored is refused, and leaves no dossier behind.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { least, most } = cvLimits(world.contract);
    await world.property(
      // Each case sends twenty megabytes: it isn't worth shrinking.
      [fc.noShrink(fc.uuid({ version: 4 }))],
      async (mark) => {
        const name = `With too much ${mark}`;
        const offence = formOf({ type: 'candidate', name }, aCv(pdf(most + 1)));
        const refused = await home.all.send('createDossier', { body: offence });
        expectPermittedRefusal(world, refused, ['LG-CV-020']);
        await expectNoneNamed(world, home, name);
        const twin = formOf({ type: 'candidate', name: 'With enough' }, aCv(pdf(least)));
        await createByForm(world, home, twin);
      },
      1,
    );
  },
  liar: keepWithoutFile,
});

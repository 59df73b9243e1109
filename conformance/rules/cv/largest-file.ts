import { refuseLarge } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';

export default defineRule({
  id: 'cv/largest-file',
  level: 'SHOULD',
  verifies: ['LG-CV-019', 'LG-CV-020'],
  sentence: 'A megabyte has 1024 times 1024 bytes: so many are taken, and one more is a bad body.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { most } = cvLimits(world.contract);
    const form = (size: number) =>
      formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv(pdf(size)));
    const refused = await home.all.send('createDossier', { body: form(most + 1) });
    world.expect.refusal(refused, 400);
    await createByForm(world, home, form(most));
  },
  liar: refuseLarge(10_200_000),
});

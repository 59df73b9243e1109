import { keepWithoutFile } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { distinct, expectEvent, letPass, listen } from '../../world/events.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { expectFileRefused, otherFiles } from '../../world/other-files.ts';

export default defineRule({
  id: 'cv/refused-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence: 'A creation that is refused because of its file sends no dossier.created.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    for (const file of otherFiles) {
      expectFileRefused(world, await home.all.send('createDossier', { body: form(file) }));
    }
    const twin = await createByForm(world, home, form());
    await expectEvent(inbox, 'dossier.created', twin.id);
    const known: unknown[] = [twin.id, await letPass(home, inbox)];
    const found = distinct(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNone(world, inbox, found, 'no dossier.created of what is refused');
  },
  // A server that creates the dossier before it looks at the file.
  liar: keepWithoutFile,
});

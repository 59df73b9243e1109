import { keepWithoutFileAfter } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { distinct, expectEvent, letPass, listen } from '../../world/events.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';

export default defineRule({
  id: 'cv/undone-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence: 'A creation that is undone because of its file sends no dossier.created.',
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    await home.failNext('upload');
    const { response } = await home.all.send('createDossier', { body: form() });
    expectThat(response.status >= 500, 'a failure', () => response.status);
    // What is no PDF may be refused as well; which files are taken is a matter of decisions.
    const strange = aCv(new TextEncoder().encode('A letter'));
    const exchange = await home.all.send('createDossier', { body: form(strange) });
    const known: unknown[] = [];
    if (exchange.response.status < 400) known.push((dataOf(exchange.json) as Dossier).id);
    const twin = await createByForm(world, home, form());
    await expectEvent(inbox, 'dossier.created', twin.id);
    known.push(twin.id, await letPass(home, inbox));
    const found = distinct(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNone(world, inbox, found, 'no dossier.created of what is undone');
  },
  // A server that stores the file when the dossier has been announced.
  liar: keepWithoutFileAfter(500),
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { freeTexts } from '../../world/schema-fields.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/empty-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-041'],
  sentence: 'An empty text is kept, except where a form is asked for.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'sales' as const, name: 'Tulp Logistics' };
    for (const field of freeTexts(world.contract, 'createDossier')) {
      const sent = { [field]: '' };
      expectKept(await createAndSee(world, home, { ...draft, ...sent }), sent, everywhere);
    }
    for (const field of ['email', 'deal_currency']) {
      const body = { ...draft, [field]: '' };
      world.expect.refusal(await home.all.send('createDossier', { body }), 400);
    }
  },
  liar: onData(['getDossier'], (dossier) => {
    for (const field of Object.keys(dossier)) if (dossier[field] === '') dossier[field] = null;
  }),
});

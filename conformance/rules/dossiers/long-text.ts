import { aTextOf } from '../../arbitraries/long-text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { freeTexts } from '../../world/schema-fields.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/long-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-042'],
  sentence: 'No text is too long for its field as long as the body may be that long.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const fields = ['name', ...freeTexts(world.contract, 'createDossier')];
    for (const length of [256, 65_536]) {
      const sent = Object.fromEntries(fields.map((field) => [field, aTextOf(length, field)]));
      const draft = { type: 'sales' as const, name: '', ...sent };
      expectKept(await createAndSee(world, home, draft), sent, everywhere);
    }
  },
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    company: String(body['company']).slice(0, 255),
  })),
});

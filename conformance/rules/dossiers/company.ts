import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/company',
  level: 'MUST',
  verifies: ['LG-DOS-035'],
  sentence: 'A dossier of either type keeps its company, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText()], async (type, company) => {
      const seen = await createAndSee(world, home, { type, name: 'Noor Bakker', company });
      expectKept(seen, { company }, ['listed']);
    });
  },
  liar: overlook('createDossier', 'company'),
});

import { aBareDossier } from '../../arbitraries/new-dossier.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/assigned-to',
  level: 'MUST',
  verifies: ['LG-DOS-037'],
  sentence: 'A dossier can be assigned to a member from the start, and the list shows to whom.',
  needs: ['fresh-organizations', 'members'],
  check: async (world) => {
    const home = await world.organization();
    for (const assigned_to of home.members) {
      await world.property(
        [aBareDossier()],
        async (draft) => {
          const seen = await createAndSee(world, home, { ...draft, assigned_to });
          expectKept(seen, { assigned_to }, ['listed']);
        },
        4,
      );
    }
  },
  liar: overlook('createDossier', 'assigned_to'),
});

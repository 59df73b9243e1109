import { aBareDossier } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createAndSee, everywhere } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/unassigned',
  level: 'SHOULD',
  verifies: ['LG-DOS-043'],
  sentence: 'A dossier that nobody was named for is assigned to nobody.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [aBareDossier()],
      async (draft) => {
        const seen = await createAndSee(world, home, draft);
        for (const place of everywhere) {
          expectEqual(seen[place].assigned_to ?? null, null, 'assigned_to');
        }
      },
      3,
    );
  },
  // A server that gives each dossier to who made it.
  liar: onData(['createDossier', 'getDossier', 'listDossiers'], (dossier) => {
    dossier['assigned_to'] = 'c0ffee00-0000-4000-8000-000000000000';
  }),
});

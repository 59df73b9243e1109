import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { findListed } from '../../world/dossier-list.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'A dossier is there for every request that follows the answer to its creation.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(5)) {
      const { id, type, current_stage_id } = await home.createDossier(draft);
      for (const query of [{}, { type }, { stage_id: current_stage_id }]) {
        await findListed(world, home, id, query);
      }
      await retrieve(world, home, id);
    }
  },
  liar: neverLookAgain(),
});

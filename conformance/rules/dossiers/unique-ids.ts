import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { sharedIds } from '../../liars/ids.ts';
import { defineRule } from '../../rule.ts';
import { findListed } from '../../world/dossier-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-047', 'LG-DOS-019', 'LG-DOS-065'],
  sentence: 'No two dossiers share an id, and each is found by its own, however many come at once.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // At once, as a clock or a counter may be read twice.
    const made = await Promise.all(plainDossiers(8).map((draft) => home.createDossier(draft)));
    expectEqual(new Set(made.map(({ id }) => id)).size, made.length, 'the number of ids');
    for (const created of made) {
      const retrieved = await retrieve(world, home, created.id);
      expectEqual(retrieved.id, created.id, 'the id of the dossier that was asked for');
      expectEqual(retrieved.name, created.name, `the name of ${created.id}`);
      const listed = await findListed(world, home, created.id);
      expectEqual(listed.name, created.name, `the name of ${created.id} in the list`);
    }
  },
  liar: sharedIds('createDossier'),
});

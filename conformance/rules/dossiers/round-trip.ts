import { aDossier } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createAndSee, expectAgreement, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/round-trip',
  level: 'MUST',
  verifies: ['LG-DOS-019', 'LG-DOS-065'],
  sentence: 'A dossier that was created is the one that its id retrieves, with all that was sent.',
  needs: [],
  check: (world) =>
    world.property([aDossier()], async (draft) => {
      const home = await world.organization();
      const seen = await createAndSee(world, home, draft);
      expectEqual(seen.retrieved.id, seen.created.id, 'the id of the dossier that was asked for');
      expectKept(seen, draft);
      expectAgreement(world, seen);
    }),
  // A server that reads from a column of another name.
  liar: onData(['getDossier'], (dossier) => {
    dossier['company'] = dossier['name'];
  }),
});

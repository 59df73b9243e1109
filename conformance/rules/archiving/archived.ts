import { onRequest } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { archive, expectListedUnder, liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

export default defineRule({
  id: 'archiving/archived',
  level: 'MUST',
  verifies: ['LG-DOS-093', 'LG-DOS-096', 'LG-DOS-008'],
  sentence: 'A dossier that was deleted is archived, and listed under that status alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const status of liveStatuses(world.contract)) {
        const { id } = await home.createDossier({ type, name: `To be archived, ${status}` });
        await change(world, home, id, { status });
        await archive(world, home, id);
        await expectListedUnder(world, home, id, 'archived');
      }
    }
  },
  // A server that says so, and does nothing.
  liar: onRequest(['archiveDossier'], (request) => {
    return Promise.resolve(new Request(request, { method: 'GET' }));
  }),
});

import { listTwice } from '../../liars/double-listing.ts';
import { defineRule } from '../../rule.ts';
import { expectListedUnder } from '../../world/archive.ts';
import { atOnce } from '../../world/at-once.ts';
import { findUnderAnyStatus, isListed } from '../../world/dossier-list.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'concurrency/statuses',
  level: 'MUST',
  verifies: ['LG-DOS-008', 'LG-DOS-078', 'LG-DOS-096'],
  sentence:
    'A dossier that gets several statuses at once, archived too, has one of them in the end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Won, lost or both' });
    const statuses = dossierStatuses(world.contract);
    for (let round = 1; round <= 3; round += 1) {
      const changes = statuses.map((status) => () => {
        return home.all.send('updateDossier', { path: { id }, body: { status } });
      });
      const archive = () => home.all.send('archiveDossier', { path: { id } });
      const { lost } = await atOnce(world, [...changes, archive]);
      for (const exchange of lost) {
        // To be archived again may be refused (LG-DOS-099), and so may a change that archives.
        expectPermittedRefusal(world, exchange, ['LG-DOS-099', 'LG-DOS-100', 409]);
      }
      const found: string[] = [];
      for (const status of statuses) {
        if (await isListed(world, home, id, { status })) found.push(status);
      }
      expectEqual(found.length, 1, `the number of statuses that ${id} is listed under`);
      const { status = found[0] } = await findUnderAnyStatus(world, home, id);
      await expectListedUnder(world, home, id, status ?? '');
    }
  },
  liar: listTwice('status', 'status'),
});

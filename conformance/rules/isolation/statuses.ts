import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import type { Status } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'isolation/statuses',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence: 'Under no status and no type are dossiers of others listed or counted.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async (world) => {
    const [ours, theirs] = [await world.organization(), await world.organization({ second: true })];
    for (const type of dossierTypes(world.contract)) {
      for (const status of dossierStatuses(world.contract) as readonly Status[]) {
        const expectOnly = async (ids: readonly string[]) => {
          const pages = await ours.walk('listDossiers', { type, status });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen, ids, `the own dossiers that are ${status},`);
          expectEqual(pages[0]?.total, ids.length, 'meta.total of the own dossiers');
        };
        const foreign = await theirs.createDossier({ type, name: 'Theirs' });
        await change(world, theirs, foreign.id, { status });
        await expectOnly([]);
        const own = await ours.createDossier({ type, name: 'Ours' });
        await change(world, ours, own.id, { status });
        await expectOnly([own.id]);
      }
    }
  },
  // It counts what anybody has lost.
  liar: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.get('status') === 'lost') meta['total'] = Number(meta['total']) + 1;
  }),
});

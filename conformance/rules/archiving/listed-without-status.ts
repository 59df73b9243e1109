import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { archive, type Status } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'archiving/listed-without-status',
  level: 'SHOULD',
  verifies: ['LG-DOS-015'],
  sentence: 'Without a status all dossiers are listed and counted, archived ones too.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const types = dossierTypes(world.contract);
    const made: { id: string; type: string; stage_id: string }[] = [];
    const create = async (type: (typeof types)[number], name: string) => {
      const { id, current_stage_id: stage_id } = await home.createDossier({ type, name });
      made.push({ id, type, stage_id });
      return id;
    };
    for (const type of types) {
      for (const status of dossierStatuses(world.contract) as Status[]) {
        await change(world, home, await create(type, `Changed to ${status}`), { status });
      }
      await archive(world, home, await create(type, 'Deleted'));
    }
    const stages = new Set(made.map(({ stage_id }) => stage_id));
    const filters = [
      {},
      ...types.map((type) => ({ type })),
      ...[...stages].map((stage_id) => ({ stage_id })),
    ];
    for (const query of filters) {
      const passing = made.filter((one) =>
        Object.entries(query).every(([name, value]) => one[name as 'type'] === value),
      );
      const pages = await home.walk('listDossiers', query);
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the dossiers in the list');
      for (const { total } of pages) expectEqual(total, passing.length, 'the total');
    }
  },
  // A server that lists the active ones unless told.
  liar: onDraft(({ method, url }) => {
    if (method !== 'GET' || !url.pathname.endsWith('/dossiers')) return;
    if (!url.searchParams.has('status')) url.searchParams.set('status', 'active');
  }),
});

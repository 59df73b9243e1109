import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/listed-without-status',
  level: 'MUST',
  verifies: ['LG-DOS-112'],
  sentence: 'Without a status a list has the active, the won and the lost dossiers.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const made: { id: string; type: string; stage_id: string; status: string }[] = [];
    // Whether archived ones are listed is a decision (LG-DOS-015).
    const statuses = liveStatuses(world.contract);
    for (const type of dossierTypes(world.contract)) {
      for (const status of statuses) {
        const { id, current_stage_id } = await home.createDossier({
          type,
          name: `To be ${status}`,
        });
        await change(world, home, id, { status });
        made.push({ id, type, stage_id: current_stage_id, status });
      }
    }
    const queries = [{}, ...made.flatMap(({ type, stage_id }) => [{ type }, { stage_id }])];
    for (const query of queries) {
      const pages = await home.walk('listDossiers', query);
      const listed = pages.flatMap(({ items }) => items.map(({ id }) => id));
      for (const one of made) {
        const passes = Object.entries(query).every(
          ([name, value]) => one[name as 'type'] === value,
        );
        const is = listed.includes(one.id);
        const expected = `the dossier ${one.id}, which is ${one.status}, in the list`;
        expectThat(!passes || is, expected, () => 'a list without it');
      }
    }
  },
  // A server that lists active dossiers unless asked for others.
  liar: onDraft(({ method, url }) => {
    if (method !== 'GET' || !url.pathname.endsWith('/dossiers')) return;
    if (!url.searchParams.has('status')) url.searchParams.set('status', 'active');
  }),
});

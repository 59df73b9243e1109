import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';

export default defineRule({
  id: 'archiving/listed',
  level: 'MUST',
  verifies: ['LG-DOS-096', 'LG-DOS-008', 'LG-GEN-015', 'LG-GEN-023'],
  sentence:
    'Lists count deleted dossiers among the archived, by type and stage too, and nowhere else.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    const made: { id: string; type: string; stage: string; status: string }[] = [];
    for (const draft of plainFlows(4)) {
      const { id: flow_id, type } = await makeFlow(home, draft);
      for (const number of ['1', '2', '3']) {
        const body = { type, flow_id, name: `${draft.name}, ${number}` };
        const { id, current_stage_id: stage } = await home.createDossier(body);
        const deleted = number !== '1';
        if (deleted) await archive(world, home, id);
        made.push({ id, type, stage, status: deleted ? 'archived' : 'active' });
      }
    }
    const stages = new Set(made.map(({ stage }) => stage));
    for (const status of dossierStatuses(world.contract)) {
      for (const type of [undefined, ...dossierTypes(world.contract)]) {
        for (const stage of [undefined, ...stages]) {
          const query = { status, ...(type && { type }), ...(stage && { stage_id: stage }) };
          const pages = await home.walk('listDossiers', { ...query, per_page: '5' });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          const passing = made.filter(
            (one) =>
              one.status === status &&
              (type ?? one.type) === one.type &&
              (stage ?? one.stage) === one.stage,
          );
          expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the ids that pass');
          for (const { total } of pages) expectEqual(total, passing.length, 'the total');
        }
      }
    }
  },
  // A server that counts the archived with the active.
  liar: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'active') page.meta['total'] = 12;
  }),
});

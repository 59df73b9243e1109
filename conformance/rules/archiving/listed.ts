import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { makeFlow } from '../../world/flows.ts';
import { expectReading } from '../../world/readings.ts';

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
    for (const status of [undefined, ...dossierStatuses(world.contract)]) {
      for (const type of [undefined, ...dossierTypes(world.contract)]) {
        for (const stage of [undefined, ...stages]) {
          const query = {
            ...(status && { status }),
            ...(type && { type }),
            ...(stage && { stage_id: stage }),
          };
          const pages = await home.walk('listDossiers', { ...query, per_page: '5' });
          const passing = made.filter(
            (one) => (type ?? one.type) === one.type && (stage ?? one.stage) === one.stage,
          );
          const having = (wanted: string) => passing.filter((one) => one.status === wanted);
          // Whether archived ones are listed without a status is a matter of decisions (LG-DOS-015).
          if (status === undefined) expectReading(pages, passing, having('active'));
          else expectReading(pages, having(status));
        }
      }
    }
  },
  // A server that counts the archived with the active.
  liar: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'active') page.meta['total'] = 12;
  }),
});

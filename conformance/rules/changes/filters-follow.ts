import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import type { Dossier, Flow, Organization } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';
import type { World } from '../../world/world.ts';

type Settled = Pick<Dossier, 'id' | 'type' | 'current_stage_id'> & { readonly status: string };

/** Dossiers of every status in each stage of the flows, as far as the stages stay apart from it. */
const settle = async (world: World, home: Organization, flows: readonly Flow[]) => {
  const settled: Settled[] = [];
  for (const { id: flow_id, type, stages } of flows) {
    for (const stage of stages) {
      for (const status of dossierStatuses(world.contract)) {
        const name = `${stage.name}, ${status}, ${String(settled.length)}`;
        const { id } = await home.createDossier({ type, name, flow_id });
        await change(world, home, id, { current_stage_id: stage.id });
        await change(world, home, id, { status: status as NonNullable<Dossier['status']> });
        const { current_stage_id } = await retrieve(world, home, id);
        settled.push({ id, type, current_stage_id, status });
      }
    }
  }
  return settled;
};

export default defineRule({
  id: 'changes/filters-follow',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-023', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'],
  sentence: 'The filters list and count dossiers by the stage and the status that they have now.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    const flows: Flow[] = [];
    for (const draft of plainFlows(2)) flows.push(await makeFlow(home, draft));
    const settled = await settle(world, home, flows);
    const stages = flows.flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const status of dossierStatuses(world.contract)) {
      for (const type of [undefined, ...dossierTypes(world.contract)]) {
        for (const stage_id of [undefined, ...stages]) {
          const passing = settled.filter(
            (dossier) =>
              dossier.status === status &&
              (type ?? dossier.type) === dossier.type &&
              (stage_id ?? dossier.current_stage_id) === dossier.current_stage_id,
          );
          const query = { status, ...(type && { type }), ...(stage_id && { stage_id }) };
          const pages = await home.walk('listDossiers', { ...query, per_page: '3' });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the ids that pass');
          for (const { total } of pages) expectEqual(total, passing.length, 'the total');
        }
      }
    }
  },
  // A server that lets one filter win.
  liar: overlookQuery('listDossiers', 'stage_id'),
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { createAndSee, everywhere } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/stage-of-one-flow',
  level: 'MUST',
  verifies: ['LG-DOS-003'],
  sentence: 'The stage of a dossier belongs to one flow of its organisation, which is its flow.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows = await flowsOf(home);
    for (const type of dossierTypes(world.contract)) {
      const seen = await createAndSee(world, home, { type, name: 'Noor Bakker' });
      for (const place of everywhere) {
        const { current_stage_id: stage, flow_id } = seen[place];
        const owners = flows.filter(({ stages }) => stages.some(({ id }) => id === stage));
        expectEqual(owners.length, 1, `the number of flows with the stage ${stage}`);
        expectEqual(flow_id ?? owners[0]?.id, owners[0]?.id, 'the flow that has the stage,');
      }
    }
  },
  // A server with one catalogue of stages for all flows.
  liar: onData(['listFlows'], (flow) => {
    flow['stages'] = [{ id: 'c0ffee00-0000-4000-8000-000000000000', name: 'New', position: 1 }];
  }),
});

import fc from 'fast-check';
import { aLongFlow } from '../../arbitraries/flow.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/given-flow',
  level: 'MUST',
  verifies: ['LG-DOS-024'],
  sentence: 'A dossier for a given flow goes into a stage of that flow, not of the default one.',
  needs: ['fresh-organizations', 'flows'],
  check: (world) =>
    world.property([fc.noShrink(aLongFlow())], async (draft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, { ...draft, is_default: false });
      const body = { type: flow.type, name: 'Noor Bakker', flow_id: flow.id };
      const seen = await createAndSee(world, home, body);
      const ids = flow.stages.map(({ id }) => id);
      for (const place of everywhere) {
        const { current_stage_id: stage } = seen[place];
        expectThat(ids.includes(stage), 'a stage of the flow that was given', () => stage);
      }
      expectKept(seen, { flow_id: flow.id });
    }),
  liar: overlook('createDossier', 'flow_id'),
});

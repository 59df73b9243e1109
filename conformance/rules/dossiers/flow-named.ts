import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { makeFlow } from '../../world/flows.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/flow-named',
  level: 'SHOULD',
  verifies: ['LG-DOS-004'],
  sentence: 'Every answer names the flow of a dossier.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainFlows(2)) {
      const { id: flow_id, type } = await makeFlow(home, draft);
      const seen = await createAndSee(world, home, { type, name: 'Noor Bakker', flow_id });
      expectKept(seen, { flow_id }, everywhere);
    }
  },
  liar: onData(['listDossiers'], (dossier) => {
    delete dossier['flow_id'];
  }),
});

import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { defaultFlowOf, firstStageOf, flowsOf } from '../../world/flows.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/no-say-in-status',
  level: 'SHOULD',
  verifies: ['LG-DOS-051'],
  sentence: 'A new dossier has no say in its status, its stage and its CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flow = defaultFlowOf(await flowsOf(home), 'candidate');
    const wishes = { status: 'won', current_stage_id: flow?.stages.at(-1)?.id, cv_url: 'a/b.pdf' };
    for (const [field, value] of Object.entries(wishes)) {
      const body = { type: 'candidate', name: 'Noor Bakker', [field]: value };
      const exchange = await home.all.send('createDossier', { body });
      world.expect.success(exchange);
      const created = dataOf(exchange.json) as Dossier;
      for (const dossier of [created, await retrieve(world, home, created.id)]) {
        expectEqual(dossier.status ?? 'active', 'active', 'the status');
        const first = flow && firstStageOf(flow)?.id;
        expectEqual(dossier.current_stage_id, first, 'the stage');
        expectEqual(dossier.cv_url ?? null, null, 'cv_url');
      }
    }
  },
  liar: onData(['getDossier'], (dossier) => {
    dossier['status'] = 'won';
  }),
});

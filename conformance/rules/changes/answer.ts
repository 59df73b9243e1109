import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { activate, flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';
import type { Told } from '../../world/aftermath.ts';

export default defineRule({
  id: 'changes/answer',
  level: 'MUST',
  verifies: ['LG-DOS-069'],
  sentence: 'The answer to a change tells the id, and the stage and the status that were sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const dossier = await home.createDossier({ type, name: 'To be answered' });
      const { stages } = await flowAround(home, dossier);
      const moves = stages.map(({ id: current_stage_id }) => ({ current_stage_id }));
      const changes = [
        ...moves,
        ...moves.map((stage) => ({ ...stage, status: 'active' as const })),
        ...(['won', 'lost', 'active', 'archived'] as const).map((status) => ({ status })),
      ];
      for (const sent of changes) {
        await activate(world, home, dossier.id);
        const answered = await change(world, home, dossier.id, sent);
        expectEqual(answered.id, dossier.id, 'the id in the answer');
        for (const [name, value] of Object.entries(sent)) {
          expectEqual(answered[name as keyof typeof sent], value, `${name} in the answer`);
        }
      }
      for (const sent of moves.map((stage) => ({ ...stage, status: 'active' as const }))) {
        await change(world, home, dossier.id, { status: 'lost' });
        const path = { id: dossier.id };
        const exchange = await home.all.send('updateDossier', { path, body: sent });
        // Whether what isn't active can be moved is a matter of decisions (LG-DOS-086).
        if (isPermittedRefusal(world, exchange, ['LG-DOS-086'])) continue;
        world.expect.success(exchange);
        const { current_stage_id, status } = dataOf(exchange.json) as Told;
        expectEqual({ current_stage_id, status }, sent, 'stage and status in the answer');
      }
    }
  },
  // A server that answers with the dossier as it found it.
  liar: onData(['updateDossier'], (dossier) => {
    dossier['status'] = 'active';
  }),
});

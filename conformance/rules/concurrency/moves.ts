import { listTwice } from '../../liars/double-listing.ts';
import { defineRule } from '../../rule.ts';
import { atOnce } from '../../world/at-once.ts';
import { findUnderAnyStatus, isListed } from '../../world/dossier-list.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'concurrency/moves',
  level: 'MUST',
  verifies: ['LG-DOS-002', 'LG-DOS-009'],
  sentence:
    'A dossier that is moved to several stages at once is then in one, and listed in that alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const dossier = await home.createDossier({ type: 'sales', name: 'Pulled at from all sides' });
    const { id } = dossier;
    const { stages } = await flowAround(home, dossier);
    for (let round = 1; round <= 2; round += 1) {
      const moves = stages.slice(0, 5).map((stage) => () => {
        const body = { current_stage_id: stage.id };
        return home.all.send('updateDossier', { path: { id }, body });
      });
      const { lost } = await atOnce(world, moves);
      // Whoever meets another change of the dossier may be refused.
      for (const exchange of lost) expectPermittedRefusal(world, exchange, ['LG-DOS-086', 409]);
      const { current_stage_id: stage, status } = await findUnderAnyStatus(world, home, id);
      const own = stages.some((one) => one.id === stage);
      expectThat(own, 'one of the stages of its flow', () => stage);
      const listed: string[] = [];
      for (const one of stages) {
        const query = { stage_id: one.id, ...(status === undefined ? {} : { status }) };
        if (await isListed(world, home, id, query)) listed.push(one.id);
      }
      expectEqual(listed, [stage], 'the stages that the dossier is listed in');
    }
  },
  liar: listTwice('current_stage_id', 'stage_id'),
});

import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { findListed } from '../../world/dossier-list.ts';
import { expectThat } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import type { Dossier } from '../../world/organization.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'dossiers/filter-stage',
  level: 'MUST',
  verifies: ['LG-DOS-009'],
  sentence: 'Dossiers listed by a stage are in that stage.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const { id, current_stage_id } = await home.createDossier(draft);
    await findListed(world, home, id, { stage_id: current_stage_id });
    for (const stage of (await flowsOf(home)).flatMap(({ stages }) => stages)) {
      const exchange = await home.all.send('listDossiers', { query: { stage_id: stage.id } });
      world.expect.success(exchange);
      const others = (pageOf(exchange).items as readonly Dossier[]).filter(
        (dossier) => dossier.current_stage_id !== stage.id,
      );
      expectThat(others.length === 0, `no dossiers but those in ${stage.id}`, () => others[0]);
    }
  },
  liar: overlookQuery('listDossiers', 'stage_id'),
});

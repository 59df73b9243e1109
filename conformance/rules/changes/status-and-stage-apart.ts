import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, type Told } from '../../world/aftermath.ts';
import { change, viewUnder } from '../../world/changes.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { expectPermittedRefusal, type Reason } from '../../world/permitted-refusals.ts';

/** The decisions that let the move of a dossier that isn't active be refused. */
const reasonsAgainst = (status: string): readonly Reason[] =>
  status === 'archived' ? ['LG-DOS-086', 'LG-DOS-100'] : ['LG-DOS-086'];

/** Where the stage is shown of a dossier that isn't sent one. */
const inViews = { current_stage_id: ['retrieved', 'listed'] } as const;

export default defineRule({
  id: 'changes/status-and-stage-apart',
  level: 'MUST',
  verifies: ['LG-DOS-068'],
  sentence: 'A status leaves the stage alone and a stage the status, whichever they are.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const statuses = dossierStatuses(world.contract) as NonNullable<Dossier['status']>[];
    for (const type of dossierTypes(world.contract)) {
      const dossier = await home.createDossier({ type, name: 'With a status and a stage' });
      const { stages } = await flowAround(home, dossier);
      const { id } = dossier;
      let { current_stage_id } = dossier;
      for (const status of statuses) {
        const answered = await change(world, home, id, { status });
        const closed = { answered, ...(await viewUnder(world, home, id, status)) };
        expectChanged(closed, { status });
        expectChanged(closed, { current_stage_id }, inViews);
        // The ends of a flow are where a server might think of a status.
        for (const { id: stage } of [...stages.slice(-2), ...stages.slice(0, 1)].reverse()) {
          const body = { current_stage_id: stage };
          const exchange = await home.all.send('updateDossier', { path: { id }, body });
          if (status !== 'active' && exchange.response.status >= 400) {
            expectPermittedRefusal(world, exchange, reasonsAgainst(status));
          } else {
            world.expect.success(exchange);
            current_stage_id = stage;
          }
          const { retrieved, listed } = await viewUnder(world, home, id, status);
          const told = exchange.response.status < 300 ? dataOf(exchange.json) : { id };
          const moved = { answered: told as Told, retrieved, listed };
          expectChanged(moved, { current_stage_id }, inViews);
        }
      }
    }
  },
  // A server to which a dossier that moves is active.
  liar: onSent(['updateDossier'], (body) =>
    body['current_stage_id'] === undefined ? body : { status: 'active', ...body },
  ),
});

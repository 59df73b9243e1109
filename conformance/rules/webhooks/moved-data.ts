import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Delivery } from '../../world/deliveries.ts';
import { expectEvent, isAbout, listen } from '../../world/events.ts';
import { createMovables } from '../../world/moves.ts';
import type { Inbox } from '../../world/inbox.ts';
import { dataOf, type Dossier, type Organization } from '../../world/organization.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import type { World } from '../../world/world.ts';

export default defineRule({
  id: 'webhooks/moved-data',
  level: 'MUST',
  verifies: ['LG-WEB-017'],
  sentence: 'dossier.stage_changed tells the id of the dossier, its new stage and its status.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    // Alone, and together with a status.
    for (const status of [undefined, 'lost'] as const) {
      for (const { id, others } of await createMovables(home, 'About to be moved')) {
        const changes = { current_stage_id: others[0], ...(status && { status }) };
        const exchange = await home.all.send('updateDossier', { path: { id }, body: changes });
        // What isn't active needn't be movable (LG-DOS-086).
        if (status && isPermittedRefusal(world, exchange, ['LG-DOS-086'])) continue;
        world.expect.success(exchange);
        // A stage may decide the status as well, and the answer tell it where the dossier doesn't.
        const told = dataOf(exchange.json) as Partial<Dossier> | undefined;
        await expectMove(world, home, inbox, id, told?.status ?? status);
      }
    }
  },
  // A server that tells where the dossier was.
  deliveryLiar: onEvent(({ type, data }) => {
    if (type === 'dossier.stage_changed') data['current_stage_id'] = data['flow_id'];
  }),
});

/** The event of the move tells where the dossier is now, and as what. */
const expectMove = async (
  world: World,
  home: Organization,
  inbox: Inbox,
  id: string,
  sent = 'active',
) => {
  // Not every field need be shown.
  const { current_stage_id: stage, status = sent } = await retrieve(world, home, id);
  const isOfMove = isAbout('dossier.stage_changed', id);
  await expectEvent(inbox, 'dossier.stage_changed', id);
  // One about its first stage may come before (LG-WEB-028).
  const told = (delivery: Delivery) => delivery.event?.data?.['current_stage_id'] === stage;
  await inbox.find((delivery) => isOfMove(delivery) && told(delivery));
  const moves = inbox.deliveries().filter(isOfMove);
  const { event } = moves.find(told) ?? moves.at(-1) ?? {};
  expectEqual(event?.data?.['current_stage_id'], stage, 'current_stage_id in data');
  expectEqual(event?.data?.['status'], status, 'the status in data');
};

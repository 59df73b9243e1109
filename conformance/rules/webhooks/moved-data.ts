import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Delivery } from '../../world/deliveries.ts';
import { expectEvent, isAbout, listen } from '../../world/events.ts';
import { createMovable, move } from '../../world/moves.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'webhooks/moved-data',
  level: 'MUST',
  verifies: ['LG-WEB-017'],
  sentence: 'dossier.stage_changed tells the id of the dossier, its new stage and its status.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const movable = await createMovable(home, 'About to be moved');
    const stage = await move(world, home, movable);
    const isOfMove = isAbout('dossier.stage_changed', movable.id);
    await expectEvent(inbox, 'dossier.stage_changed', movable.id);
    // One about its first stage may come before (LG-WEB-028).
    const told = (delivery: Delivery) => delivery.event?.data?.['current_stage_id'] === stage;
    await inbox.find((delivery) => isOfMove(delivery) && told(delivery));
    const moves = inbox.deliveries().filter(isOfMove);
    const { event } = moves.find(told) ?? moves.at(-1) ?? {};
    const { status } = await retrieve(world, home, movable.id);
    expectEqual(event?.data?.['current_stage_id'], stage, 'current_stage_id in data');
    expectEqual(event?.data?.['status'], status ?? 'active', 'the status in data');
  },
  // A server that tells where the dossier was.
  deliveryLiar: onEvent(({ type, data }) => {
    if (type === 'dossier.stage_changed') data['current_stage_id'] = data['flow_id'];
  }),
});

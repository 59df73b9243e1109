import { onReceiver, eventOf } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvents, listen } from '../../world/events.ts';
import { createMovables } from '../../world/moves.ts';

export default defineRule({
  id: 'webhooks/move',
  level: 'MUST',
  verifies: ['LG-WEB-015'],
  sentence: 'Each move to another stage, forth and back, sends dossier.stage_changed.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const movable of await createMovables(home, 'About to be moved')) {
      const { id, current_stage_id, others } = movable;
      const stages = [...others, current_stage_id];
      for (const [index, stage] of stages.entries()) {
        await change(world, home, id, { current_stage_id: stage });
        await expectEvents(inbox, 'dossier.stage_changed', id, index + 1);
      }
      // Together with other fields, which have an event of their own.
      const changes = { name: 'Moved once more', current_stage_id: others[0] };
      await change(world, home, id, changes);
      await expectEvents(inbox, 'dossier.stage_changed', id, stages.length + 1);
    }
  },
  // A server that tells of moves ahead only.
  deliveryLiar: onReceiver((receiver) => {
    const first = new Map<unknown, unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOf(delivery);
        const start = first.get(data['id']) ?? data['current_stage_id'];
        first.set(data['id'], start);
        const back = type === 'dossier.stage_changed' && data['current_stage_id'] === start;
        if (!back) receiver.receive(delivery);
      },
    };
  }),
});

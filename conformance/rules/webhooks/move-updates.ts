import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { createMovables, move } from '../../world/moves.ts';

export default defineRule({
  id: 'webhooks/move-updates',
  level: 'MUST',
  verifies: ['LG-WEB-013'],
  sentence: 'A move sends dossier.updated as well as dossier.stage_changed.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const movable of await createMovables(home, 'About to be moved')) {
      await move(world, home, movable);
      await expectEvent(inbox, 'dossier.stage_changed', movable.id);
      await expectEvent(inbox, 'dossier.updated', movable.id);
    }
  },
  // A server that sends the special event instead of the general one.
  deliveryLiar: forget(({ type }) => type === 'dossier.updated'),
});

import { overtake } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { eventsAbout, expectEvent, listen } from '../../world/events.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createMovable, move } from '../../world/moves.ts';

export default defineRule({
  id: 'webhooks/update-first',
  level: 'SHOULD',
  verifies: ['LG-WEB-041'],
  sentence: 'Of the events of a single change dossier.updated comes first.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    // Several times, so that no order by chance, such as that of random ids, looks like this one.
    for (const name of ['Windmolen', 'Akker', 'Molen']) {
      const movable = await createMovable(home, name);
      const { id } = movable;
      await move(world, home, movable);
      await expectEvent(inbox, 'dossier.stage_changed', id);
      await expectEvent(inbox, 'dossier.updated', id);
      await archive(world, home, id);
      await expectEvent(inbox, 'dossier.deleted', id);
      const order = eventsAbout(inbox, id).map(({ event }) => event?.type);
      expectEqual(
        order,
        [
          ...['dossier.created', 'dossier.updated', 'dossier.stage_changed'],
          ...['dossier.updated', 'dossier.deleted'],
        ],
        'the events in this order:',
      );
    }
  },
  deliveryLiar: overtake(({ type }) => type === 'dossier.updated'),
});
